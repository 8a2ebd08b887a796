package uk.reeve.engine.sbom;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// What a component is called, where its package URL and its own fields may disagree: the package URL decides.
final class CycloneDxIdentity implements Consumer<String> {

    private final CycloneDxReading reading;
    private int line;
    private String text = "";

    CycloneDxIdentity(CycloneDxReading reading) {
        this.reading = reading;
    }

    /// The draft's package URL; null where it has none, or a broken one. Mends the draft's name and version by it.
    @Nullable
    Purl settle(CycloneDxDraft draft) {
        Purl purl = read(draft);
        boolean unnamed = draft.name == null || draft.name.isBlank();
        if (purl == null) {
            if (unnamed) {
                reading.warn(draft.line, "a component has no name; give it one, or a package URL");
                draft.name = "(no name)";
            }
            return null;
        }
        if (unnamed) {
            reading.warn(
                    draft.line,
                    "a component has no name; it is called " + CycloneDxWords.quote(purl.name())
                            + " after its package URL " + CycloneDxWords.quote(text));
            named(draft, purl);
        } else if (!sameName(draft, purl)) {
            reading.warn(
                    draft.line,
                    "the component's name " + CycloneDxWords.quote(nameOf(draft)) + " is not that of its package URL "
                            + CycloneDxWords.quote(text) + "; the package URL is used, check which is right");
            named(draft, purl);
        }
        String version = purl.version();
        if (version != null) {
            if (draft.version == null || draft.version.isBlank()) {
                draft.version = version;
            } else if (!sameVersion(draft.version, version, purl.qualifiers())) {
                reading.warn(
                        draft.line,
                        "the version " + CycloneDxWords.quote(draft.version) + " of "
                                + CycloneDxWords.quote(nameOf(draft))
                                + " is not that of its package URL " + CycloneDxWords.quote(text)
                                + "; the package URL is used, check which is right");
                draft.version = version;
            }
        }
        return purl;
    }

    /// What reading a package URL mended, in a sentence.
    @Override
    public void accept(String mended) {
        reading.warn(line, "the package URL " + CycloneDxWords.quote(text) + ": " + mended);
    }

    private @Nullable Purl read(CycloneDxDraft draft) {
        if (draft.purl == null) {
            return null;
        }
        line = draft.line;
        text = draft.purl;
        try {
            return Purl.lenient(text, this);
        } catch (BadPurl e) {
            reading.warn(
                    line,
                    "the package URL " + e.getMessage() + "; the component "
                            + (draft.name == null ? "" : CycloneDxWords.quote(draft.name) + " ")
                            + "is kept without it");
            return null;
        }
    }

    private static String nameOf(CycloneDxDraft draft) {
        return draft.name == null ? "" : draft.name;
    }

    private static void named(CycloneDxDraft draft, Purl purl) {
        draft.group = purl.namespace();
        draft.name = purl.name();
    }

    /// Whether the names mean the same: `org.example:lib`, `@scope/lib`, `github.com/a/b/v2`, `Some_Lib` do.
    private static boolean sameName(CycloneDxDraft draft, Purl purl) {
        String name = nameOf(draft);
        if (same(name, purl.name())) {
            return true;
        }
        String namespace = purl.namespace();
        String path = namespace == null ? purl.name() : namespace + "/" + purl.name();
        if (same(name, path) || (draft.group != null && same(draft.group + "/" + name, path))) {
            return true;
        }
        if (purl.subpath() != null && same(name, path + "/" + purl.subpath())) {
            return true;
        }
        String classifier = purl.qualifiers().get("classifier");
        if (classifier != null && same(name, purl.name() + "-" + classifier)) {
            return true;
        }
        return (purl.type().equals("oci") || purl.type().equals("docker")) && sameImage(name, path, purl.name());
    }

    /// `registry.example/team/image:1.0` and `team/image@sha256:…` are `image`; some write `team-image`.
    private static boolean sameImage(String name, String path, String last) {
        String bare = name;
        int colon = name.lastIndexOf(':');
        if (colon > 0) {
            int at = name.lastIndexOf('@', colon);
            bare = name.substring(0, at > 0 ? at : colon);
        }
        return same(bare, path) || same(bare.replace('/', '-'), last) || endsWithSegment(bare, last);
    }

    private static boolean endsWithSegment(String path, String name) {
        return path.length() > name.length()
                && path.charAt(path.length() - name.length() - 1) == '/'
                && path.regionMatches(true, path.length() - name.length(), name, 0, name.length());
    }

    private static boolean prefixed(String text, String prefix, String rest) {
        return text.length() == prefix.length() + rest.length() && text.startsWith(prefix) && text.endsWith(rest);
    }

    /// Without case; `-`, `_` and `.` alike, as `/` and `:` are.
    private static boolean same(String a, String b) {
        if (a.length() != b.length()) {
            return false;
        }
        for (int i = 0; i < a.length(); i++) {
            if (folded(a.charAt(i)) != folded(b.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static char folded(char c) {
        return switch (c) {
            case '_', '.' -> '-';
            case ':' -> '/';
            default -> Character.toLowerCase(c);
        };
    }

    /// Whether the versions mean the same: `1.2`, `v1.2` and `go1.2` do, and `1:2.3-4` and `2.3-4` of `epoch=1`.
    private static boolean sameVersion(String told, String version, Map<String, String> qualifiers) {
        if (told.equalsIgnoreCase(version) || prefixed(told, "v", version) || prefixed(version, "v", told)) {
            return true;
        }
        if (prefixed(told, "go", version) || prefixed(version, "go", told)) {
            return true;
        }
        String epoch = qualifiers.get("epoch");
        if (epoch == null) {
            return told.startsWith("0:") && told.substring(2).equals(version);
        }
        return told.equals(epoch + ":" + version);
    }
}
