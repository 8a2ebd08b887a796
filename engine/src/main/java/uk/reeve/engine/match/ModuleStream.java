package uk.reeve.engine.match;

import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.PackageEntries.Installed;

/// Red Hat's modules ship several streams of one package side by side (postgresql 9.6, 12, 13). A fix of one stream
/// says
/// nothing of another. Records do not name the stream, so it is read off the version: `.module` marks a module's build,
/// and streams differ in the first number, for some packages in the first two.
final class ModuleStream {

    private static final String[] BY_TWO_NUMBERS = {
        "php", "perl", "ruby", "mariadb", "nginx", "subversion", "swig", "varnish", "python3"
    };

    private ModuleStream() {}

    /// Whether the range's fix belongs to another stream than the installed build.
    ///
    /// @param span the range that holds the build; -1 where none does
    static boolean apart(PackageEntries entries, Entry entry, int span, Installed installed) throws BadIndex {
        boolean rpm = entries.ecosystem().purlType().equals("rpm");
        return rpm
                && span >= 0
                && entry.highs()[span] != 0
                && apart(entries.name(), installed.text(), entries.text(entry.highs()[span]));
    }

    static boolean apart(String name, String installed, String fixed) {
        boolean module = installed.contains(".module");
        return module != fixed.contains(".module")
                || (module && !stream(name, installed).equals(stream(name, fixed)));
    }

    private static String stream(String name, String version) {
        String plain = version.substring(version.indexOf(':') + 1);
        int first = plain.indexOf('.');
        if (first < 0) {
            return plain;
        }
        String major = plain.substring(0, first);
        boolean two = name.startsWith("postgresql") && major.equals("9");
        for (String prefix : BY_TWO_NUMBERS) {
            two |= name.startsWith(prefix);
        }
        int second = plain.indexOf('.', first + 1);
        return two && second > 0 ? plain.substring(0, second) : major;
    }
}
