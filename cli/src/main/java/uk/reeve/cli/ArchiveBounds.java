package uk.reeve.cli;

import org.jspecify.annotations.Nullable;
import uk.reeve.scanner.archive.Bounds;

/// What a person says may come out of an archive.
final class ArchiveBounds {

    static final Option DEPTH = Option.value(
            "--max-depth", "N", "Archives", "how deep archives may lie in each other (" + Bounds.DEFAULT.depth() + ")");
    static final Option BYTES = Option.value(
            "--max-bytes",
            "SIZE",
            "Archives",
            "how much may come out of one file, decompressed (" + (Bounds.DEFAULT.bytes() >> 30) + "G)");
    static final Option FILES = Option.value(
            "--max-files", "N", "Archives", "how many files may come out of one (" + Bounds.DEFAULT.files() + ")");

    private static final String UNITS = "KMGT";
    private static final int MOST_DEPTH = 200;

    private ArchiveBounds() {}

    static Bounds of(Arguments arguments) throws Refused {
        return new Bounds(
                (int) number(DEPTH, arguments, Bounds.DEFAULT.depth(), MOST_DEPTH, "a number from 1 to " + MOST_DEPTH),
                number(BYTES, arguments, Bounds.DEFAULT.bytes(), Long.MAX_VALUE, "a size: 500M, 64G"),
                (int) number(FILES, arguments, Bounds.DEFAULT.files(), Integer.MAX_VALUE, "a number: 5000000"));
    }

    private static long number(Option option, Arguments arguments, long standard, long most, String form)
            throws Refused {
        @Nullable String text = arguments.value(option.name());
        if (text == null) {
            return standard;
        }
        boolean sized = option == BYTES && !text.isEmpty();
        int unit = sized ? UNITS.indexOf(Character.toUpperCase(text.charAt(text.length() - 1))) : -1;
        try {
            long number = Long.parseLong(unit < 0 ? text : text.substring(0, text.length() - 1));
            long bytes = Math.multiplyExact(number, 1L << 10 * (unit + 1));
            if (number > 0 && bytes <= most) {
                return bytes;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // told below
        }
        throw Refused.usage(option.name() + " takes no \"" + Shown.text(text) + "\"; write " + form);
    }
}
