package uk.reeve.scanner;

/// A scan of files and folders.
public final class Scan {

    private Scan() {}
}
