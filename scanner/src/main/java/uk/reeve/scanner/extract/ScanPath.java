package uk.reeve.scanner.extract;

/// A file's path relative to what is scanned, with `/` between its parts.
public record ScanPath(String value) {

    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /// The folder that holds the file; empty at the top.
    public String folder() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? "" : value.substring(0, slash);
    }

    /// Whether the path ends with these whole parts: `a/node_modules/b` ends with `node_modules/b`.
    public boolean endsWith(String parts) {
        return value.equals(parts) || value.endsWith("/" + parts);
    }

    @Override
    public String toString() {
        return value;
    }
}
