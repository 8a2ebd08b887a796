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
        int before = value.length() - parts.length() - 1; // asked for every file: nothing is made for the answer
        return value.endsWith(parts) && (before < 0 || value.charAt(before) == '/');
    }

    @Override
    public String toString() {
        return value;
    }
}
