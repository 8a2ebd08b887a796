package uk.reeve.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// SPDX 2 as RDF/XML.
///
/// Source: SPDX 2.3 ontology, `http://spdx.org/rdf/terms`.
final class SpdxRdf {

    private static final int LICENCE_DEPTH = 50;

    private final SpdxDocument document = new SpdxDocument("RDF/XML");
    private final SpdxWarnings warnings = document.warnings;
    private final SpdxTriples triples;

    private SpdxRdf(SpdxTriples triples) {
        this.triples = triples;
    }

    static Sbom read(InputStream in) throws IOException, Unreadable {
        return new SpdxRdf(SpdxTriples.read(in)).sbom();
    }

    private Sbom sbom() throws Unreadable {
        boolean any = false;
        for (SpdxTriples.Thing thing : triples.things()) {
            switch (thing.type()) {
                case "SpdxDocument" -> {
                    any = true;
                    document(thing);
                }
                case "Package" -> {
                    any = true;
                    document.graph.add(read(thing));
                }
                case "File" -> document.graph.file(name(thing.id()));
                case "Snippet", "ExternalSpdxElement" -> document.graph.other(name(thing.id()));
                default -> {}
            }
            relations(thing);
        }
        if (!any) {
            throw new Unreadable(1, "is RDF without an SpdxDocument or Package of SPDX 2; it is no SPDX document");
        }
        return document.sbom();
    }

    private void document(SpdxTriples.Thing thing) throws Unreadable {
        String id = thing.id();
        if (id != null) {
            int hash = id.indexOf('#');
            document.namespace(hash < 0 ? id : id.substring(0, hash), thing.line());
            document.graph.other(name(id));
        }
        SpdxTriples.Value version = thing.first("specVersion");
        if (version != null) {
            document.version(version.text(), version.line());
        }
        SpdxTriples.Thing creation = triples.thing(thing.first("creationInfo"));
        if (creation != null) {
            document.created(creation.text("created"));
            for (SpdxTriples.Value creator : creation.all("creator")) {
                document.creator(creator.text(), creator.line());
            }
        }
        for (SpdxTriples.Value described : thing.all("describesPackage")) {
            document.relationship("SPDXRef-DOCUMENT", "DESCRIBES", name(described.text()), described.line());
        }
    }

    private void relations(SpdxTriples.Thing from) {
        for (SpdxTriples.Value value : from.all("relationship")) {
            SpdxTriples.Thing relation = triples.thing(value);
            if (relation == null) {
                continue;
            }
            String word = relation.text("relationshipType");
            document.relationship(
                    name(from.id()),
                    word == null ? null : upper(fragment(word).replace("relationshipType_", "")),
                    name(relation.text("relatedSpdxElement")),
                    relation.line());
        }
    }

    private SpdxPackage read(SpdxTriples.Thing thing) {
        SpdxPackage found = new SpdxPackage(thing.line());
        String id = name(thing.id());
        found.id = id == null || id.startsWith("_:") ? null : id;
        found.name = thing.text("name");
        found.version = thing.text("versionInfo");
        found.supplier = SpdxPackage.agent(thing.text("supplier"));
        found.download = licenceOrText(thing.first("downloadLocation"));
        found.sourceInfo = thing.text("sourceInfo");
        found.concluded = licence(thing.first("licenseConcluded"), 0);
        found.declared = licence(thing.first("licenseDeclared"), 0);
        String purpose = thing.text("primaryPackagePurpose");
        found.purpose = purpose == null ? null : fragment(purpose).replace("purpose_", "");
        for (SpdxTriples.Value value : thing.all("checksum")) {
            SpdxTriples.Thing sum = triples.thing(value);
            found.checksum(
                    sum == null ? null : sum.text("algorithm"),
                    sum == null ? null : sum.text("checksumValue"),
                    value.line(),
                    warnings);
        }
        for (SpdxTriples.Value value : thing.all("externalRef")) {
            SpdxTriples.Thing reference = triples.thing(value);
            if (reference != null) {
                SpdxTriples.Value locator = reference.first("referenceLocator");
                found.reference(
                        reference.text("referenceType"),
                        locator == null ? null : locator.text(),
                        locator == null ? reference.line() : locator.line(),
                        warnings);
            }
        }
        return found;
    }

    private static @Nullable String licenceOrText(SpdxTriples.@Nullable Value value) {
        return value == null ? null : value.isReference() ? open(fragment(value.text()), value.text()) : value.text();
    }

    /// A licence as an expression; null where it is left open or cannot be told.
    private @Nullable String licence(SpdxTriples.@Nullable Value value, int depth) {
        if (value == null || depth > LICENCE_DEPTH) {
            return null;
        }
        if (!value.isReference()) {
            return SpdxPackage.told(value.text());
        }
        SpdxTriples.Thing thing = triples.thing(value);
        if (thing == null) {
            return open(fragment(value.text()), fragment(value.text()));
        }
        return switch (thing.type()) {
            case "ConjunctiveLicenseSet" -> members(thing, " AND ", depth);
            case "DisjunctiveLicenseSet" -> members(thing, " OR ", depth);
            case "WithExceptionOperator" -> {
                String member = licence(thing.first("member"), depth + 1);
                SpdxTriples.Thing exception = triples.thing(thing.first("licenseException"));
                String word = exception == null ? null : exception.text("licenseExceptionId");
                yield member == null || word == null ? member : member + " WITH " + word;
            }
            case "OrLaterOperator" -> {
                String member = licence(thing.first("member"), depth + 1);
                yield member == null ? null : member + "+";
            }
            default -> {
                String id = thing.text("licenseId");
                yield id != null ? id : open(fragment(value.text()), fragment(value.text()));
            }
        };
    }

    private @Nullable String members(SpdxTriples.Thing set, String operator, int depth) {
        List<SpdxTriples.Value> members = set.all("member");
        StringJoiner all = new StringJoiner(operator, "(", ")");
        int told = 0;
        for (SpdxTriples.Value member : members) {
            String licence = licence(member, depth + 1);
            if (licence != null) {
                all.add(licence);
                told++;
            }
        }
        return told == 0 ? null : all.toString();
    }

    /// Null for `noassertion` and `none`, which are resources in RDF.
    private static @Nullable String open(String word, String otherwise) {
        return word.equals("noassertion") || word.equals("none") || word.startsWith("_:") ? null : otherwise;
    }

    /// `SPDXRef-…` of an address that ends in it.
    private static @Nullable String name(@Nullable String id) {
        return id == null ? null : fragment(id);
    }

    private static String fragment(String address) {
        int hash = address.lastIndexOf('#');
        return address.substring(hash >= 0 ? hash + 1 : address.lastIndexOf('/') + 1);
    }

    /// `dependsOn` as `DEPENDS_ON`.
    private static String upper(String camel) {
        StringBuilder upper = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(camel.charAt(i - 1))) {
                upper.append('_');
            }
            upper.append(c);
        }
        return upper.toString().toUpperCase(Locale.ROOT);
    }
}
