package uk.reeve.register.advisory;

import org.jspecify.annotations.Nullable;

/// What people call a vulnerability.
public final class Heading {

    private Heading() {}

    /// `Log4Shell (CVE-2021-44228)` where its sentence begins with a name and a colon, else the bare id.
    ///
    /// @param title a sentence of our own; null where none was written
    public static String of(String name, @Nullable String title) {
        int end = title == null ? -1 : title.indexOf(':');
        return title == null || end < 0 ? name : title.substring(0, end) + " (" + name + ")";
    }
}
