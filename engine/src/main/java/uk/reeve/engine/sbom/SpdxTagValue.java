package uk.reeve.engine.sbom;

import static uk.reeve.engine.sbom.SpdxWarnings.quote;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Limits;
import uk.reeve.engine.input.LineInput;
import uk.reeve.engine.input.Unreadable;

/// SPDX 2 as tag-value: `Tag: value` a line, `#` opens a comment line, `<text>` a value of several lines.
/// `PackageName`, `FileName`, `SnippetSPDXID` and `LicenseID` each begin an element; the tags that follow belong
/// to it.
///
/// Source: SPDX 2.3, clause 4.4.2.
final class SpdxTagValue {

    private final SpdxDocument document = new SpdxDocument("tag-value");
    private final SpdxWarnings warnings = document.warnings;
    private final Set<String> odd = new HashSet<>();
    private final LineInput lines;
    private Element element = Element.DOCUMENT;
    private @Nullable SpdxPackage found;
    private int known;

    private enum Element {
        DOCUMENT,
        PACKAGE,
        FILE,
        OTHER
    }

    private SpdxTagValue(InputStream in) {
        this.lines = new LineInput(in);
    }

    static Sbom read(InputStream in) throws IOException, Unreadable {
        SpdxText text = SpdxText.of(in);
        SpdxTagValue reader = new SpdxTagValue(text);
        reader.lines();
        reader.begin(Element.OTHER);
        if (reader.known == 0) {
            throw new Unreadable(1, "holds no SPDX tag like \"SPDXVersion: SPDX-2.3\"; it is no SPDX document");
        }
        text.warnOfCut(reader.warnings);
        return reader.document.sbom();
    }

    private void lines() throws IOException, Unreadable {
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int number = lines.number();
            int colon = line.indexOf(':');
            if (colon <= 0) {
                warnings.add(number, "expected \"Tag: value\", found " + quote(line) + "; it was left out");
                continue;
            }
            String tag = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (value.startsWith("<text>")) {
                value = text(value.substring("<text>".length()), number);
            }
            tag(tag, value, number);
        }
    }

    private String text(String first, int opened) throws IOException, Unreadable {
        int end = first.indexOf("</text>");
        if (end >= 0) {
            return first.substring(0, end);
        }
        StringBuilder text = new StringBuilder(first);
        for (String line = lines.next(); line != null; line = lines.next()) {
            text.append('\n');
            end = line.indexOf("</text>");
            if (end >= 0) {
                return text.append(line, 0, end).toString();
            }
            if (text.length() + line.length() > Limits.TEXT_CHARS) {
                throw new Unreadable(
                        opened,
                        "opens a <text> of more than " + Limits.TEXT_CHARS + " characters; close it with </text>");
            }
            text.append(line);
        }
        warnings.add(
                opened,
                "the <text> opened here is never closed, so nothing after it was read; the document may be cut off");
        return text.toString();
    }

    private void tag(String tag, String value, int line) throws Unreadable {
        known++;
        switch (tag) {
            case "SPDXVersion" -> document.version(value, line);
            case "DocumentNamespace" -> document.namespace(value, line);
            case "Created" -> document.created(value);
            case "Creator" -> document.creator(value, line);
            case "SPDXID" -> id(value);
            case "PackageName" -> {
                begin(Element.PACKAGE);
                found = new SpdxPackage(line);
                found.name = value;
            }
            case "FileName" -> begin(Element.FILE);
            case "SnippetSPDXID" -> {
                begin(Element.OTHER);
                document.graph.other(value);
            }
            case "LicenseID" -> begin(Element.OTHER);
            case "Relationship" -> relationship(value, line);
            case "PackageVersion",
                    "PackageSupplier",
                    "PackageDownloadLocation",
                    "PackageChecksum",
                    "PackageLicenseConcluded",
                    "PackageLicenseDeclared",
                    "PackageSourceInfo",
                    "PrimaryPackagePurpose",
                    "ExternalRef" -> packageTag(tag, value, line);
            default -> {
                if (!isPlain(tag)) {
                    known--;
                    odd(tag, value, line);
                }
            }
        }
    }

    private void packageTag(String tag, String value, int line) {
        SpdxPackage at = found;
        if (at == null) {
            warnings.add(
                    line,
                    quote(tag) + " stands outside of a package, which begins with \"PackageName\"; it was left out");
            return;
        }
        switch (tag) {
            case "PackageVersion" -> at.version = value;
            case "PackageSupplier" -> at.supplier = SpdxPackage.agent(value);
            case "PackageDownloadLocation" -> at.download = value;
            case "PackageLicenseConcluded" -> at.concluded = value;
            case "PackageLicenseDeclared" -> at.declared = value;
            case "PackageSourceInfo" -> at.sourceInfo = value;
            case "PrimaryPackagePurpose" -> at.purpose = value;
            case "PackageChecksum" -> {
                int colon = value.indexOf(':');
                at.checksum(
                        colon < 0 ? null : value.substring(0, colon),
                        colon < 0 ? null : value.substring(colon + 1),
                        line,
                        warnings);
            }
            case "ExternalRef" -> {
                List<String> words = words(value);
                if (words.size() == 3) {
                    at.reference(words.get(1), words.get(2), line, warnings);
                } else {
                    warnings.add(
                            line,
                            "expected \"ExternalRef: category type locator\", found " + quote(value)
                                    + "; it was left out");
                }
            }
            default -> throw new IllegalArgumentException(tag);
        }
    }

    private void id(String value) {
        switch (element) {
            case DOCUMENT -> document.graph.other(value);
            case PACKAGE -> {
                if (found != null && found.id == null) {
                    found.id = value;
                }
            }
            case FILE -> {
                document.graph.file(value);
                element = Element.OTHER;
            }
            case OTHER -> document.graph.other(value);
        }
    }

    private void relationship(String value, int line) {
        List<String> words = words(value);
        document.relationship(
                words.isEmpty() ? null : words.getFirst(),
                words.size() > 1 ? words.get(1) : null,
                words.size() > 2 ? words.get(2) : null,
                line);
    }

    // Ends the element before: a package is complete only where the next element begins.
    private void begin(Element next) {
        if (found != null) {
            document.graph.add(found);
            found = null;
        }
        if (element == Element.FILE) {
            document.graph.file(null);
        }
        element = next;
    }

    /// At most three words; what comes after the third is a comment that nobody asked for.
    private static List<String> words(String value) {
        List<String> words = new ArrayList<>(3);
        int at = 0;
        while (words.size() < 3) {
            while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
                at++;
            }
            int start = at;
            while (at < value.length() && !Character.isWhitespace(value.charAt(at))) {
                at++;
            }
            if (start == at) {
                break;
            }
            words.add(value.substring(start, at));
        }
        return words;
    }

    private void odd(String tag, String value, int line) throws Unreadable {
        String right = spelling(tag);
        boolean first = odd.size() < 1_000 && odd.add(tag);
        if (right != null) {
            if (first) {
                warnings.add(line, quote(tag) + " is written " + quote(right) + "; it was read as such");
            }
            tag(right, value, line);
        } else if (first) {
            warnings.add(line, quote(tag) + " is no tag of SPDX 2; it was left out");
        }
    }

    /// The tag in its right spelling; null where no letter case makes it one, or it is right already.
    private static @Nullable String spelling(String tag) {
        String right =
                switch (tag.toLowerCase(Locale.ROOT)) {
                    case "spdxversion" -> "SPDXVersion";
                    case "documentnamespace" -> "DocumentNamespace";
                    case "created" -> "Created";
                    case "creator" -> "Creator";
                    case "spdxid" -> "SPDXID";
                    case "packagename" -> "PackageName";
                    case "packageversion", "versioninfo" -> "PackageVersion";
                    case "packagesupplier" -> "PackageSupplier";
                    case "packagedownloadlocation" -> "PackageDownloadLocation";
                    case "packagechecksum" -> "PackageChecksum";
                    case "packagelicenseconcluded" -> "PackageLicenseConcluded";
                    case "packagelicensedeclared" -> "PackageLicenseDeclared";
                    case "packagesourceinfo" -> "PackageSourceInfo";
                    case "primarypackagepurpose" -> "PrimaryPackagePurpose";
                    case "externalref" -> "ExternalRef";
                    case "filename" -> "FileName";
                    case "snippetspdxid", "snippetspdxidentifier" -> "SnippetSPDXID";
                    case "licenseid" -> "LicenseID";
                    case "relationship" -> "Relationship";
                    default -> null;
                };
        return tag.equals(right) ? null : right;
    }

    /// A tag that tells nothing about what is inside.
    private static boolean isPlain(String tag) {
        return switch (tag) {
            case "DataLicense",
                    "DocumentName",
                    "DocumentComment",
                    "ExternalDocumentRef",
                    "LicenseListVersion",
                    "CreatorComment",
                    "PackageFileName",
                    "PackageOriginator",
                    "FilesAnalyzed",
                    "PackageVerificationCode",
                    "PackageHomePage",
                    "PackageLicenseInfoFromFiles",
                    "PackageLicenseComments",
                    "PackageCopyrightText",
                    "PackageSummary",
                    "PackageDescription",
                    "PackageComment",
                    "ExternalRefComment",
                    "PackageAttributionText",
                    "ReleaseDate",
                    "BuiltDate",
                    "ValidUntilDate",
                    "FileType",
                    "FileChecksum",
                    "LicenseConcluded",
                    "LicenseInfoInFile",
                    "LicenseComments",
                    "FileCopyrightText",
                    "ArtifactOfProjectName",
                    "ArtifactOfProjectHomePage",
                    "ArtifactOfProjectURI",
                    "FileComment",
                    "FileNotice",
                    "FileContributor",
                    "FileAttributionText",
                    "FileDependency",
                    "SnippetFromFileSPDXID",
                    "SnippetByteRange",
                    "SnippetLineRange",
                    "SnippetLicenseConcluded",
                    "LicenseInfoInSnippet",
                    "SnippetLicenseComments",
                    "SnippetCopyrightText",
                    "SnippetComment",
                    "SnippetName",
                    "SnippetAttributionText",
                    "ExtractedText",
                    "LicenseName",
                    "LicenseCrossReference",
                    "LicenseComment",
                    "RelationshipComment",
                    "Annotator",
                    "AnnotationDate",
                    "AnnotationType",
                    "AnnotationComment",
                    "SPDXREF",
                    "Reviewer",
                    "ReviewDate",
                    "ReviewComment" -> true;
            default -> false;
        };
    }
}
