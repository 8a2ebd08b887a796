package uk.reeve.engine.purl;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one package URL from left to right: type, namespace and name, version, qualifiers, subpath.
final class PurlReader {

    private static final int MAX_CHARS = 4_096;

    private final String text;
    private final @Nullable Consumer<String> warning;

    /// @param warning null to refuse what would be mended
    PurlReader(String text, @Nullable Consumer<String> warning) {
        this.text = text;
        this.warning = warning;
    }

    Purl read() throws BadPurl {
        if (text.length() > MAX_CHARS) {
            throw bad("is longer than " + MAX_CHARS + " characters");
        }
        int start = 0;
        int end = text.length();
        if (warning != null) {
            while (start < end && text.charAt(start) <= ' ') {
                start++;
            }
            while (end > start && text.charAt(end - 1) <= ' ') {
                end--;
            }
        }
        if (!text.regionMatches(warning != null, start, "pkg:", 0, 4)) {
            throw bad("does not begin with \"pkg:\"");
        }
        start += 4;
        while (start < end && text.charAt(start) == '/') {
            start++;
        }
        int slash = start;
        while (slash < end && text.charAt(slash) != '/') {
            slash++;
        }
        if (slash == end) {
            throw bad("has no name; a package URL is pkg:type/namespace/name@version");
        }
        String type = text.substring(start, slash);

        int hash = text.indexOf('#', slash);
        hash = hash < 0 || hash > end ? end : hash;
        int query = slash;
        while (query < hash && text.charAt(query) != '?' && text.charAt(query) != '&') {
            query++;
        }
        if (query < hash && text.charAt(query) == '&') {
            mend("its qualifiers begin with \"&\" where \"?\" belongs");
        }
        int pathEnd = query;
        int at = versionAt(slash, pathEnd);
        String version = at < 0 ? null : decoded(text.substring(at + 1, pathEnd));
        pathEnd = at < 0 ? pathEnd : at;
        while (at < 0 && pathEnd > slash && text.charAt(pathEnd - 1) == '/') {
            pathEnd--;
        }
        Map<String, String> qualifiers = query + 1 >= hash ? Map.of() : qualifiers(text.substring(query + 1, hash));
        String subpath = hash + 1 >= end ? null : decoded(text.substring(hash + 1, end));

        boolean path = type.equalsIgnoreCase("git");
        int cut = path ? text.indexOf('/', slash + 1) : text.lastIndexOf('/', pathEnd - 1);
        cut = cut < 0 || cut >= pathEnd ? slash : cut;
        String namespace = cut <= slash ? null : decoded(text.substring(slash + 1, cut));
        String name = cut + 1 >= pathEnd ? "" : decoded(text.substring(cut + 1, pathEnd));
        return build(type, namespace, name, version, qualifiers, subpath);
    }

    /// Where the version begins: the last `@`, unless it opens a segment that others follow (an npm scope).
    private int versionAt(int from, int to) {
        for (int i = to - 1; i > from; i--) {
            if (text.charAt(i) == '@') {
                int next = text.indexOf('/', i);
                return text.charAt(i - 1) == '/' && next >= 0 && next < to ? -1 : i;
            }
        }
        return -1;
    }

    private String decoded(String part) throws BadPurl {
        String decoded = Percent.decode(part);
        if (decoded == null) {
            mend("\"" + part + "\" has a % that is no escape of UTF-8; write a percent sign as %25");
            return part;
        }
        return decoded;
    }

    private Map<String, String> qualifiers(String query) throws BadPurl {
        Map<String, String> found = new TreeMap<>();
        int length = query.length();
        for (int from = 0; from < length; ) {
            int to = from;
            int equals = -1;
            while (to < length && query.charAt(to) != '&') {
                char c = query.charAt(to);
                if (c == '=' && equals < 0) {
                    equals = to;
                } else if (c == '?') {
                    mend("it has a second \"?\" where \"&\" or %3F belongs");
                    if (isAddress(query, from, equals, to)) { // what follows is its query, where tokens stand
                        length = to;
                        break;
                    }
                    if (opensQualifier(query, to + 1)) {
                        break;
                    }
                }
                to++;
            }
            if (equals > from) {
                put(found, query.substring(from, equals), decoded(query.substring(equals + 1, to)));
            } else if (to > from) {
                mend("\"" + query.substring(from, to) + "\" is no qualifier; write key=value");
            }
            from = to + 1;
        }
        return sealed(found);
    }

    private static boolean isAddress(String query, int from, int equals, int to) {
        if (equals < 0) {
            return false;
        }
        String value = query.substring(equals + 1, to);
        return query.substring(from, equals).endsWith("_url")
                || value.contains("://")
                || value.regionMatches(true, value.indexOf('%'), "%3a%2f%2f", 0, 9);
    }

    private static boolean opensQualifier(String query, int from) {
        int i = from;
        while (i < query.length() && keyCharacter(query.charAt(i))) {
            i++;
        }
        return i > from && i < query.length() && query.charAt(i) == '=';
    }

    /// Checked and sorted.
    Map<String, String> qualifiers(Map<String, String> given) throws BadPurl {
        if (given.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, String> entry : given.entrySet()) {
            put(found, entry.getKey(), entry.getValue());
        }
        return sealed(found);
    }

    private static Map<String, String> sealed(Map<String, String> found) {
        return found.isEmpty() ? Map.of() : Collections.unmodifiableMap(found);
    }

    private void put(Map<String, String> found, String key, String value) throws BadPurl {
        char first = key.isEmpty() ? ' ' : key.charAt(0);
        boolean good = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') || first == '_';
        for (int i = 1; good && i < key.length(); i++) {
            good = keyCharacter(key.charAt(i));
        }
        if (!good) {
            mend("\"" + key + "\" is no key of a qualifier; keys are letters, digits and .-_");
            return;
        }
        // The standard's required tests refuse a capital that begins a key, and take one inside.
        if (first >= 'A' && first <= 'Z') {
            mend("the key \"" + key + "\" is written with a capital letter; keys are lower case");
        }
        if (!value.isEmpty() && found.putIfAbsent(lower(key), value) != null) {
            mend("the key \"" + key + "\" stands twice; the first counts");
        }
    }

    private static boolean keyCharacter(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '-'
                || c == '_';
    }

    /// Normalises decoded parts by the rules of the type.
    Purl build(
            String givenType,
            @Nullable String givenNamespace,
            String givenName,
            @Nullable String givenVersion,
            Map<String, String> qualifiers,
            @Nullable String givenSubpath)
            throws BadPurl {
        String type = type(givenType);
        if (warning != null && type.equals("alpine") && givenNamespace == null) {
            mend("\"alpine\" is no type of package; read as pkg:apk/alpine");
            return build("apk", "alpine", givenName, givenVersion, qualifiers, givenSubpath);
        }
        int rules = PurlType.rules(type);
        String namespace = givenNamespace == null ? null : segments(givenNamespace, false);
        String name = givenName;
        String version = givenVersion == null || givenVersion.isEmpty() ? null : givenVersion;
        String subpath = givenSubpath == null ? null : segments(givenSubpath, true);

        if (warning != null && name.indexOf('@') > 0 && !type.equals("brew")) {
            int at = name.indexOf('@');
            String rest = name.substring(at + 1);
            if (version == null ? looksLikeVersion(rest) : version.equals(rest)) {
                mend("its name holds the version, " + name.substring(at) + "; read as name and version");
                version = rest;
                name = name.substring(0, at);
            }
        }
        int slash = name.lastIndexOf('/');
        if (slash >= 0 && namespace == null && (rules & PurlType.NAME_SPLITS) != 0) {
            namespace = segments(name.substring(0, slash), false);
            name = name.substring(slash + 1);
        }
        if (name.isEmpty()) {
            throw bad("has no name; a package URL is pkg:type/namespace/name@version");
        }
        if (namespace == null && (rules & PurlType.NAMESPACE_REQUIRED) != 0) {
            mend("packages of type " + type + " have a namespace, and it has none");
        }
        if (namespace != null && (rules & PurlType.NAMESPACE_PROHIBITED) != 0) {
            mend("packages of type " + type + " have no namespace, and it has \"" + namespace + "\"");
        }
        if (namespace != null && (rules & PurlType.NAMESPACE_LOWER) != 0) {
            namespace = lower(namespace);
        }
        if ((rules & PurlType.NAME_LOWER) != 0) {
            name = lower(name);
        }
        if (version != null && (rules & PurlType.VERSION_LOWER) != 0) {
            version = lower(version);
        }
        if (subpath != null && (rules & PurlType.SUBPATH_LOWER) != 0) {
            subpath = lower(subpath);
        }
        if ((rules & PurlType.SPECIAL) != 0) {
            name = special(type, namespace, name, version, qualifiers);
            if (namespace != null && type.equals("cpan")) {
                namespace = namespace.toUpperCase(Locale.ROOT);
            }
        }
        return new Purl(type, namespace, name, version, qualifiers, subpath);
    }

    /// The checks of the types that have one of their own. Answers the name, normalised.
    private String special(
            String type,
            @Nullable String namespace,
            String name,
            @Nullable String version,
            Map<String, String> qualifiers)
            throws BadPurl {
        return switch (type) {
            case "chrome-extension" -> {
                boolean good = name.length() == 32;
                for (int i = 0; good && i < 32; i++) {
                    good = name.charAt(i) >= 'a' && name.charAt(i) <= 'p';
                }
                if (!good) {
                    mend("the name of a Chrome extension is 32 letters from a to p");
                }
                if (version != null && !fourNumbers(version)) {
                    mend("the version of a Chrome extension is one to four numbers");
                }
                yield name;
            }
            case "cocoapods" -> {
                if (name.startsWith(".") || name.indexOf('+') >= 0 || name.indexOf(' ') >= 0) {
                    mend("the name of a pod has no blank, no plus sign and no dot at its beginning");
                }
                yield name;
            }
            case "cpan" -> {
                if (name.contains("::")) {
                    mend("\"" + name + "\" is a module; name its distribution, which has no \"::\"");
                }
                yield name;
            }
            case "git" -> {
                boolean anyCase = "github".equals(namespace) || "github.com".equals(namespace);
                String path = segments(name, false);
                yield path == null ? name : anyCase ? lower(path) : path;
            }
            case "julia" -> needs("uuid", qualifiers, name);
            case "swid" -> needs("tag_id", qualifiers, name);
            case "mlflow" -> qualifiers.getOrDefault("repository_url", "").contains("databricks") ? lower(name) : name;
            case "pub" -> underscored(name);
            case "pypi" -> name.replace('_', '-');
            default -> name;
        };
    }

    private String needs(String key, Map<String, String> qualifiers, String name) throws BadPurl {
        if (!qualifiers.containsKey(key)) {
            mend("packages of its type have the qualifier " + key + ", and it has none");
        }
        return name;
    }

    private static String underscored(String name) {
        StringBuilder out = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            out.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_');
        }
        return out.toString();
    }

    private static boolean fourNumbers(String version) {
        int numbers = 1;
        for (int i = 0; i < version.length(); i++) {
            char c = version.charAt(i);
            if (c == '.' && i > 0 && version.charAt(i - 1) != '.') {
                numbers++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return numbers <= 4 && !version.endsWith(".");
    }

    private static boolean looksLikeVersion(String text) {
        int i = text.startsWith("v") ? 1 : 0;
        return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }

    private String type(String given) throws BadPurl {
        boolean good = !given.isEmpty() && !(given.charAt(0) >= '0' && given.charAt(0) <= '9');
        for (int i = 0; good && i < given.length(); i++) {
            good = keyCharacter(given.charAt(i)) && given.charAt(i) != '_';
        }
        if (!good) {
            throw bad("has no type that could be one; types are letters, digits, dots and dashes");
        }
        return lower(given);
    }

    /// Without empty segments, and in a subpath without `.` and `..`; null where none is left.
    private static @Nullable String segments(String path, boolean dots) {
        boolean clean = !path.isEmpty() && path.charAt(0) != '/' && !path.endsWith("/") && !path.contains("//");
        if (clean && (!dots || path.indexOf('.') < 0)) {
            return path;
        }
        StringBuilder out = new StringBuilder(path.length());
        for (int from = 0; from < path.length(); ) {
            int to = path.indexOf('/', from);
            to = to < 0 ? path.length() : to;
            String segment = path.substring(from, to);
            if (!segment.isEmpty() && !(dots && (segment.equals(".") || segment.equals("..")))) {
                out.append(out.isEmpty() ? "" : "/").append(segment);
            }
            from = to + 1;
        }
        return out.isEmpty() ? null : out.toString();
    }

    private static String lower(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || (c >= 'A' && c <= 'Z')) {
                return text.toLowerCase(Locale.ROOT);
            }
        }
        return text;
    }

    private void mend(String what) throws BadPurl {
        if (warning == null) {
            throw bad("is no package URL: " + what);
        }
        warning.accept(what);
    }

    private BadPurl bad(String reason) {
        return new BadPurl(text, reason);
    }
}
