package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;

/// A package while its document is read. What a document leaves open (`NOASSERTION`, `NONE`) is null here.
final class SpdxPackage {

    final int line;

    @Nullable
    String id;

    @Nullable
    String name;

    @Nullable
    String version;

    @Nullable
    String supplier;

    @Nullable
    String purpose;

    @Nullable
    String concluded;

    @Nullable
    String declared;

    @Nullable
    String download;

    @Nullable
    String sourceInfo;

    /// Set by the relations of the document.
    @Nullable
    Scope scope;

    @Nullable
    String parent;

    int walk;

    private final Map<String, String> hashes = new LinkedHashMap<>(4);
    private final List<String> cpes = new ArrayList<>(2);
    private final List<Locator> purls = new ArrayList<>(1);
    private @Nullable Locator coordinates;

    private record Locator(String type, String text, int line) {}

    SpdxPackage(int line) {
        this.line = line;
    }

    /// Null where the text says nothing: absent, blank, `NOASSERTION` or `NONE`.
    static @Nullable String told(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String stripped = text.strip();
        return stripped.isEmpty()
                        || stripped.equalsIgnoreCase("NOASSERTION")
                        || stripped.equalsIgnoreCase("NONE")
                        || stripped.equalsIgnoreCase("NO ASSERTION")
                ? null
                : stripped;
    }

    /// An organisation's name without the word `Organization:`; a person keeps `Person:`.
    static @Nullable String agent(@Nullable String text) {
        String told = told(text);
        if (told == null) {
            return null;
        }
        String name = told.startsWith("Organization:")
                ? told.substring("Organization:".length()).strip()
                : told;
        return told(name.endsWith("()") ? name.substring(0, name.length() - 2) : name);
    }

    /// An external reference or identifier. The category is not asked: tools put package URLs under `OTHER`, too.
    ///
    /// @param type `purl`, `cpe23Type`, …, or an address that ends in such a word
    void reference(@Nullable String type, @Nullable String locator, int line, SpdxWarnings warnings) {
        String text = told(locator);
        if (text == null) {
            return;
        }
        String word = type == null ? "" : type.strip();
        word = word.substring(Math.max(word.lastIndexOf('#'), word.lastIndexOf('/')) + 1);
        if (word.equals("purl") || word.equals("packageUrl") || text.startsWith("pkg:")) {
            purls.add(new Locator("purl", text, line));
        } else if (word.startsWith("cpe")) {
            if (text.startsWith("cpe:")) {
                cpes.add(warnings.clean(text, line));
            } else {
                warnings.add(line, quote(text) + " is no CPE, which begins with \"cpe:\"; it was left out");
            }
        } else if (word.equals("maven-central") || word.equals("npm") || word.equals("nuget")) {
            coordinates = new Locator(word, text, line);
        }
    }

    /// @param algorithm `SHA256`, `SHA-256`, `sha256`, `checksumAlgorithm_sha256`
    void checksum(@Nullable String algorithm, @Nullable String value, int line, SpdxWarnings warnings) {
        String hash = told(value);
        if (algorithm == null || hash == null) {
            warnings.add(line, "a checksum lacks its algorithm or its value; it was left out");
            return;
        }
        String spelt = SpdxWords.algorithm(algorithm);
        String hex = hash.toLowerCase(Locale.ROOT);
        if (!isHex(hex) || !SpdxWords.fits(spelt, hex.length())) {
            warnings.add(line, quote(hash) + " is no " + spelt + " checksum; it was left out");
            return;
        }
        hashes.putIfAbsent(spelt, hex);
    }

    /// The package by the rules of this project: where purl and version or name differ, the purl decides.
    Component component(SpdxWarnings warnings) {
        String ref = id == null ? "package" : id;
        Purl purl = purl(warnings);
        String toldName = clean(name, warnings);
        String toldVersion = clean(version, warnings);
        String group = null;
        if (toldName == null) {
            if (purl == null) {
                warnings.add(line, "the package " + quote(ref) + " has no name; its id stands for it");
            }
            toldName = purl == null ? ref : purl.name();
        }
        if (purl != null) {
            if (!SpdxWords.sameName(toldName, purl)) {
                warnings.add(line, both(toldName, purl) + " disagree about the name; the package URL decides");
                toldName = purl.name();
            }
            if (toldName.equals(purl.name())) {
                group = purl.namespace();
            }
            if (toldVersion == null) {
                toldVersion = purl.version();
            } else {
                String version = SpdxWords.version(toldVersion, purl);
                if (version == null) {
                    warnings.add(
                            line,
                            both(toldName, purl) + " disagree about the version, which the document gives as "
                                    + quote(toldVersion) + "; the package URL decides");
                    version = purl.version();
                }
                toldVersion = version;
            }
        }
        return new Component(
                ref,
                purl,
                group,
                toldName,
                toldVersion,
                SpdxWords.type(purpose, ref),
                scope == null ? Scope.RUNTIME : scope,
                true,
                supplier == null ? null : warnings.clean(supplier, line),
                licences(),
                hashes.isEmpty() ? Map.of() : hashes,
                cpes.isEmpty() ? List.of() : cpes,
                properties(),
                null,
                parent);
    }

    private @Nullable String clean(@Nullable String text, SpdxWarnings warnings) {
        String told = told(text);
        return told == null ? null : warnings.clean(told, line);
    }

    private static String both(String name, Purl purl) {
        return quote(name) + " and " + quote(purl.toString());
    }

    private @Nullable Purl purl(SpdxWarnings warnings) {
        Purl chosen = null;
        for (Locator locator : purls) {
            Purl purl;
            try {
                purl = Purl.lenient(locator.text, warnings.about(locator.text, locator.line));
            } catch (BadPurl e) {
                warnings.add(
                        locator.line, e.getMessage() + "; the package is kept without it, correct the package URL");
                continue;
            }
            if (chosen == null) {
                chosen = purl;
            } else if (!purl.equals(chosen)) {
                warnings.add(
                        locator.line,
                        quote(id) + " has two package URLs; " + quote(chosen.toString()) + " counts, "
                                + quote(locator.text) + " does not");
            }
        }
        if (chosen == null && coordinates != null) {
            chosen = SpdxWords.purl(coordinates.type, coordinates.text);
        }
        return chosen;
    }

    private List<String> licences() {
        String first = told(concluded);
        String second = told(declared);
        if (first == null) {
            return second == null ? List.of() : List.of(second);
        }
        return second == null || second.equals(first) ? List.of(first) : List.of(first, second);
    }

    // Trivy names a distribution's source package in a sentence of this one shape.
    private Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>(4);
        String where = told(download);
        if (where != null) {
            properties.put("spdx:downloadLocation", where);
        }
        String built = "built package from: ";
        if (sourceInfo != null && sourceInfo.startsWith(built)) {
            String source = sourceInfo.substring(built.length()).strip();
            int space = source.indexOf(' ');
            if (!source.isEmpty()) {
                properties.put("aquasecurity:trivy:SrcName", space < 0 ? source : source.substring(0, space));
            }
            if (space >= 0) {
                properties.put(
                        "aquasecurity:trivy:SrcVersion",
                        source.substring(space + 1).strip());
            }
        }
        return properties.isEmpty() ? Map.of() : properties;
    }

    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
