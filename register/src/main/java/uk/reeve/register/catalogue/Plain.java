package uk.reeve.register.catalogue;

import java.util.regex.Pattern;

/// Text from outside as the database can keep it: without control characters, of which PostgreSQL refuses one.
public final class Plain {

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\r\\t]]");

    private Plain() {}

    public static String of(String text) {
        return CONTROL.matcher(text).replaceAll("").strip();
    }
}
