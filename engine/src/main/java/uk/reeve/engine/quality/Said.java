package uk.reeve.engine.quality;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;

/// What a document says beyond what [uk.reeve.engine.sbom.Sbom] keeps: what only those who judge it ask for.
///
/// @param components how many stand in it, without the described one where there are others
/// @param contact whether an author is told with an address of mail or web
/// @param context whether a comment says when it was made: in SPDX 2 there is no other place
/// @param security whether a security contact or security.txt is named
/// @param fileNames components with the name of their file
/// @param natures components that say whether they are executable, an archive, structured
/// @param sources components with the address of their source
/// @param downloads components with the address of what is deployed
/// @param otherIds components without a package URL and a CPE, but with a SWHID, an OmniBOR id or a SWID tag
public record Said(
        int components,
        boolean contact,
        boolean context,
        boolean security,
        int fileNames,
        int natures,
        int sources,
        int downloads,
        int otherIds) {

    private static final Set<String> SOURCES = Set.of("vcs", "source-distribution");
    private static final Set<String> DOWNLOADS = Set.of("distribution", "distribution-intake");
    private static final Set<String> SECURITY = Set.of("security-contact", "rfc-9116");

    /// The words of CISA's six types of SBOM, and of CycloneDX's phases.
    private static final Set<String> CONTEXTS =
            Set.of("design", "source", "build", "analyzed", "deployed", "runtime", "operations", "pre-build");

    /// Of a document in JSON: CycloneDX, or SPDX 2; null of another.
    public static @Nullable Said of(Node document) {
        if (document.get("spdxVersion") != null) {
            return new SpdxSaid().of(document);
        }
        if (document.get("specVersion") == null && document.get("bomFormat") == null) {
            return null;
        }
        CycloneDxSaid said = new CycloneDxSaid();
        said.document(document);
        return said.finish();
    }

    /// Of a CycloneDX document in XML; null of another.
    public static @Nullable Said of(Element document) {
        return document.name().equals("bom") ? of(XmlAsJson.of(document)) : null;
    }

    private static boolean isContact(@Nullable String text) {
        return text != null && (text.contains("@") || text.contains("://"));
    }

    private static final class CycloneDxSaid {

        private final int[] n = new int[6];
        private boolean contact;
        private boolean security;

        void document(Node document) {
            Node metadata = document.get("metadata");
            if (metadata != null) {
                for (Node author : metadata.items("authors")) {
                    contact |= isContact(author.text("email"));
                }
                organisation(metadata.get("manufacturer"));
                organisation(metadata.get("manufacture"));
                organisation(metadata.get("supplier"));
                Node described = metadata.get("component");
                for (Node reference : described == null ? List.<Node>of() : described.items("externalReferences")) {
                    security |= isOf(SECURITY, reference);
                }
                if (document.items("components").isEmpty() && described != null) {
                    component(described);
                } else if (described != null) {
                    described.items("components").forEach(this::component);
                }
            }
            for (Node reference : document.items("externalReferences")) {
                security |= isOf(SECURITY, reference);
            }
            document.items("components").forEach(this::component);
        }

        private void organisation(@Nullable Node organisation) {
            if (organisation == null) {
                return;
            }
            Node url = organisation.get("url");
            contact |= url != null && (isContact(url.text()) || !url.items().isEmpty());
            for (Node person : organisation.items("contact")) {
                contact |= isContact(person.text("email"));
            }
        }

        private void component(Node component) {
            n[0]++;
            boolean source = false;
            boolean download = false;
            for (Node reference : component.items("externalReferences")) {
                source |= isOf(SOURCES, reference);
                download |= isOf(DOWNLOADS, reference);
                security |= isOf(SECURITY, reference);
            }
            n[1] += has(component, "bsi:component:filename") ? 1 : 0;
            n[2] += has(component, "bsi:component:executable")
                            && has(component, "bsi:component:archive")
                            && has(component, "bsi:component:structured")
                    ? 1
                    : 0;
            n[3] += source ? 1 : 0;
            n[4] += download ? 1 : 0;
            boolean usual = component.text("purl") != null || component.text("cpe") != null;
            boolean other = !component.items("swhid").isEmpty()
                    || !component.items("omniborId").isEmpty()
                    || component.get("swid") != null;
            n[5] += !usual && other ? 1 : 0;
            component.items("components").forEach(this::component);
        }

        private static boolean isOf(Set<String> kinds, Node reference) {
            String type = reference.text("type");
            return type != null && kinds.contains(type);
        }

        // BSI TR-03183-2 2.1.0 names the properties of its taxonomy for CycloneDX so.
        private static boolean has(Node component, String property) {
            for (Node one : component.items("properties")) {
                if (property.equals(one.text("name"))) {
                    return true;
                }
            }
            return false;
        }

        Said finish() {
            return new Said(n[0], contact, false, security, n[1], n[2], n[3], n[4], n[5]);
        }
    }

    private static final class SpdxSaid {

        Said of(Node document) {
            int[] n = new int[4];
            Node creation = document.get("creationInfo");
            boolean contact = false;
            for (Node creator : creation == null ? List.<Node>of() : creation.items("creators")) {
                contact |= isContact(creator.text());
            }
            boolean context =
                    isContext(document.text("comment")) || (creation != null && isContext(creation.text("comment")));
            boolean security = false;
            for (Node found : document.items("packages")) {
                n[0]++;
                n[1] += found.text("packageFileName") == null ? 0 : 1;
                n[2] += isContact(found.text("downloadLocation")) ? 1 : 0;
                boolean usual = false;
                boolean other = false;
                for (Node reference : found.items("externalRefs")) {
                    String type = String.valueOf(reference.text("referenceType"));
                    usual |= type.endsWith("purl") || type.contains("cpe");
                    other |= type.endsWith("swh") || type.endsWith("gitoid") || type.endsWith("swid");
                    security |= type.endsWith("security-other");
                }
                n[3] += !usual && other ? 1 : 0;
            }
            return new Said(n[0], contact, context, security, n[1], 0, 0, n[2], n[3]);
        }

        private static boolean isContext(@Nullable String comment) {
            if (comment == null || comment.length() > 100_000) {
                return false;
            }
            for (String word : comment.toLowerCase(Locale.ROOT).split("[^a-z-]+")) {
                if (CONTEXTS.contains(word)) {
                    return true;
                }
            }
            return false;
        }
    }
}
