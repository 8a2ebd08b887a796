package uk.reeve.scanner.extract;

import java.util.List;

/// All kinds of file that are read, in the order in which they are asked. Adding one is one line here.
public final class Extractors {

    public static final List<Extractor> ALL = List.of();

    private Extractors() {}
}
