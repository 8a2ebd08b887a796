package uk.reeve.engine.version;

import java.util.ArrayList;
import java.util.List;

/// Comparators parted by commas, as PyPI (`~=1.4`, `==1.2.*`), RubyGems (`~> 2.0`), Debian (`>> 1.0`) and most
/// others write them: all must hold. `||` between them: one must. Source: PyPA, "Version specifiers"; RubyGems,
/// "Patterns"; Debian Policy 7.1.
final class ComparatorNotation {

    private static final String SIGNS = "<>=!~";

    private ComparatorNotation() {}

    static void read(String scheme, String text, NativeRange range) throws BadRange, BadVersion {
        for (String set : text.split("\\|\\|", -1)) {
            List<Span> spans = new ArrayList<>();
            List<Span> holes = new ArrayList<>();
            for (String condition : set.split(",", -1)) {
                String part = condition.strip();
                int at = 0;
                while (at < part.length() && SIGNS.indexOf(part.charAt(at)) >= 0) {
                    at++;
                }
                String sign = part.substring(0, at);
                String version = part.substring(at).strip();
                boolean prefix = scheme.equals("pypi") && version.endsWith(".*");
                if (prefix && (sign.equals("==") || sign.equals("!="))) {
                    (sign.equals("==") ? spans : holes).add(prefix(version.substring(0, version.length() - 2), range));
                } else {
                    spans.add(span(scheme, sign, version, range));
                }
            }
            range.addAll(spans, holes);
        }
    }

    private static Span span(String scheme, String sign, String version, NativeRange range) throws BadRange {
        if (sign.isEmpty() && version.equals("*")) {
            return Span.ALL;
        }
        if (version.isEmpty() || version.indexOf(' ') >= 0 || version.indexOf('^') >= 0) {
            throw range.bad("is no range that can be translated: one version must follow each sign");
        }
        return switch (sign) {
            case ">", ">>" -> Span.from(version, false);
            case ">=" -> Span.from(version, true);
            case "<", "<<" -> Span.to(version, false);
            case "<=" -> Span.to(version, true);
            case "", "=", "==", "===" -> Span.only(version);
            case "!=" -> {
                range.exclude(version);
                yield Span.ALL;
            }
            case "~=" -> compatible(scheme, "pypi", version, range);
            case "~>" -> compatible(scheme, "gem", version, range);
            default -> throw range.bad("is no range that can be translated: the sign " + sign + " is not known");
        };
    }

    /// `1.2.*`: all that begin so, development releases first.
    private static Span prefix(String version, NativeRange range) throws BadRange {
        int last = version.split("\\.", -1).length - 1;
        return Span.between(version + ".dev0", after(version, last, range) + ".dev0");
    }

    /// `~=1.4.2` and `~> 1.4.2`: from there on, with the same numbers but for the last.
    private static Span compatible(String scheme, String only, String version, NativeRange range) throws BadRange {
        if (!scheme.equals(only)) {
            throw range.bad("is no range of " + scheme + ": only " + only + " knows this sign");
        }
        int numbers = 0;
        int at = version.indexOf('!') + 1;
        while (Digits.end(version, at) > at) {
            numbers++;
            int end = Digits.end(version, at);
            at = end < version.length() && version.charAt(end) == '.' ? end + 1 : version.length();
            if (end < version.length() && version.charAt(end) != '.') {
                break;
            }
        }
        if (numbers == 0 || (numbers == 1 && only.equals("pypi"))) {
            throw range.bad("is no range of " + scheme + ": the sign needs a version of two numbers or more");
        }
        return Span.between(version, after(version, Math.max(0, numbers - 2), range));
    }

    /// The version cut off behind this number, which is counted up.
    private static String after(String version, int place, NativeRange range) throws BadRange {
        int at = version.indexOf('!') + 1;
        for (int i = 0; i < place; i++) {
            at = version.indexOf('.', at) + 1;
        }
        int end = Digits.end(version, at);
        if (end == at || end - at > 15) {
            throw range.bad("is no range that can be translated: \"" + version + "\" cannot be counted up");
        }
        return version.substring(0, at) + (Long.parseLong(version, at, end, 10) + 1);
    }
}
