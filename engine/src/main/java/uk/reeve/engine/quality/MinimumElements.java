package uk.reeve.engine.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Sbom;

/// The minimum elements that three bodies ask of an SBOM, and which of them a document has.
///
/// Source: NTIA, The Minimum Elements For an SBOM (2021); CISA's draft of 22 August 2025; BSI TR-03183-2 2.1.0.
public final class MinimumElements {

    /// Who asks.
    public enum Body {
        NTIA_2021("NTIA", "NTIA 2021"),
        CISA_2025("CISA", "CISA 2025 draft"),
        BSI_2_1("BSI", "BSI TR-03183-2 2.1.0");

        private final String word;
        private final String title;

        Body(String word, String title) {
            this.word = word;
            this.title = title;
        }

        public String word() {
            return word;
        }

        public String title() {
            return title;
        }
    }

    /// One element.
    ///
    /// @param name in a few words
    /// @param asked by whom; at least one
    /// @param mend how; empty where there is nothing to mend
    public record Line(String name, Presence presence, Set<Body> asked, String mend) {}

    private static final Set<Body> ALL = Set.of(Body.values());
    private static final Set<Body> NEWER = Set.of(Body.CISA_2025, Body.BSI_2_1);
    private static final Set<Body> CISA = Set.of(Body.CISA_2025);
    private static final Set<Body> BSI = Set.of(Body.BSI_2_1);

    private final Sbom sbom;
    private final Counts counts;
    private final boolean spdx;
    private final List<Line> lines = new ArrayList<>();

    private MinimumElements(Sbom sbom) {
        this.sbom = sbom;
        this.counts = Counts.of(sbom);
        this.spdx = sbom.format().equals("SPDX");
    }

    /// One line an element, in the order in which the documents list them.
    ///
    /// @param said null where the encoding is one of which only the model is read
    public static List<Line> of(Sbom sbom, @Nullable Said said) {
        MinimumElements elements = new MinimumElements(sbom);
        elements.document(said);
        elements.components(said);
        elements.rest(said);
        return elements.lines;
    }

    private void line(String name, Presence presence, Set<Body> asked, String cycloneDx, String spdxPlace) {
        lines.add(new Line(
                name, presence, asked, presence instanceof Presence.There ? "" : spdx ? spdxPlace : cycloneDx));
    }

    private void document(@Nullable Said said) {
        line(
                "SBOM author",
                Presence.of(!sbom.authors().isEmpty()),
                ALL,
                "name who made it in metadata.authors or metadata.manufacturer",
                "name who made it: creationInfo.creators, \"Organization: …\" or \"Person: …\"");
        line(
                "Author's mail or web address",
                said == null ? new Presence.NotLookedAt() : Presence.of(said.contact()),
                BSI,
                "add email or url to the author",
                "add the address in brackets: \"Organization: … (sbom@…)\"");
        line(
                "Timestamp",
                Presence.of(sbom.timestamp() != null),
                ALL,
                "set metadata.timestamp: 2026-03-01T10:00:00Z",
                "set creationInfo.created: 2026-03-01T10:00:00Z");
        line(
                "Tool",
                Presence.of(!sbom.tools().isEmpty()),
                CISA,
                "name the tool and its version in metadata.tools",
                "add a creator \"Tool: NAME-VERSION\"");
        line(
                "Generation context",
                Presence.of(!sbom.lifecycles().isEmpty() || (said != null && said.context())),
                CISA,
                "say before, during or after the build: metadata.lifecycles (1.5 and later)",
                "say before, during or after the build: creationInfo.comment");
        line(
                "SBOM URI",
                Presence.of(sbom.serial() != null),
                BSI,
                "set serialNumber: urn:uuid:…",
                "set documentNamespace");
    }

    private void components(@Nullable Said said) {
        int all = counts.all();
        line(
                "Producer",
                Presence.of(counts.suppliers(), all),
                ALL,
                "set supplier or manufacturer of each component",
                "set supplier of each package; NOASSERTION says nothing");
        line("Name", Presence.of(counts.named(), all), ALL, "set name of each component", "set name of each package");
        line(
                "Version",
                Presence.of(counts.versions(), all),
                ALL,
                "set version of each component; the date of its file where it has none",
                "set versionInfo of each package; the date of its file where it has none");
        int identifiers = counts.identifiers() + (said == null ? 0 : said.otherIds());
        line(
                "Identifier",
                Presence.of(Math.min(identifiers, all), all),
                ALL,
                "set purl of each component (or a CPE, SWHID, OmniBOR id): without purl no flaw is found",
                "add an externalRef of type purl to each package (or a CPE): without purl no flaw is found");
        line(
                "Dependencies",
                Presence.of(counts.reached(), all),
                ALL,
                "let dependencies lead from metadata.component to each component",
                "let DESCRIBES and DEPENDS_ON or CONTAINS lead from the document to each package");
        line(
                "Completeness of dependencies",
                Presence.of(!sbom.completeness().isEmpty()),
                NEWER,
                "say it in compositions[].aggregate: complete, incomplete or unknown",
                "SPDX 2 has no place for it but a relation to NONE or NOASSERTION; SPDX 3 and CycloneDX have");
        line(
                "Hash",
                Presence.of(counts.hashes(), all),
                NEWER,
                "set hashes of each component",
                "set checksums of each package");
        line(
                "SHA-512 hash of what is deployed",
                Presence.of(counts.sha512(), all),
                BSI,
                "add a SHA-512 hash, of the file that is deployed",
                "add a SHA512 checksum, of the file that is deployed");
        line(
                "Licence",
                Presence.of(counts.licences(), all),
                NEWER,
                "set licenses of each component, by SPDX's ids",
                "set licenseDeclared or licenseConcluded of each package");
    }

    private void rest(@Nullable Said said) {
        told(
                "File name",
                said == null ? -1 : said.fileNames(),
                said,
                "set the property bsi:component:filename",
                "set packageFileName");
        told(
                "Executable, archive, structured",
                said == null ? -1 : said.natures(),
                said,
                "set the properties bsi:component:executable, :archive and :structured",
                "SPDX 2 has no place for it; SPDX 3 and CycloneDX have");
        told(
                "Address of the source, if any",
                said == null ? -1 : said.sources(),
                said,
                "add an external reference of type source-distribution or vcs",
                "SPDX 2 has downloadLocation only, which is that of the package");
        told(
                "Address of the deployed, if any",
                said == null ? -1 : said.downloads(),
                said,
                "add an external reference of type distribution",
                "set downloadLocation");
        line(
                "security.txt (optional)",
                said == null ? new Presence.NotLookedAt() : Presence.of(said.security()),
                BSI,
                "add an external reference of type rfc-9116 or security-contact",
                "SPDX 2 has no place for it");
        int flaws = sbom.vulnerabilities().size();
        line(
                "Carries no list of vulnerabilities",
                flaws == 0 ? new Presence.There() : new Presence.Unwanted(flaws),
                BSI,
                "take them out, and give them as VEX in a file of its own",
                "take them out, and give them as VEX in a file of its own");
    }

    private void told(String name, int with, @Nullable Said said, String cycloneDx, String spdxPlace) {
        Presence presence =
                said == null ? new Presence.NotLookedAt() : Presence.of(with, Math.max(with, said.components()));
        line(name, presence, BSI, cycloneDx, spdxPlace);
    }
}
