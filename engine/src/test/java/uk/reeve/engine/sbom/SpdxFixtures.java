package uk.reeve.engine.sbom;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import uk.reeve.engine.input.Unreadable;

/// One invented document in the four encodings of SPDX 2 and in SPDX 3: an application that contains a library, which
/// depends on another; one test tool; one file.
final class SpdxFixtures {

    static final String JSON = """
            {
              "spdxVersion": "SPDX-2.3",
              "dataLicense": "CC0-1.0",
              "SPDXID": "SPDXRef-DOCUMENT",
              "name": "bin-rota",
              "documentNamespace": "https://example.org/bin-rota",
              "creationInfo": {
                "created": "2026-02-03T04:05:06Z",
                "creators": ["Tool: heron-1.2", "Organization: Example Council", "Person: A Clerk ()"]
              },
              "packages": [
                {"SPDXID": "SPDXRef-lib", "name": "org.example:waste-core", "versionInfo": "2.0.1",
                 "downloadLocation": "NOASSERTION",
                 "licenseConcluded": "NOASSERTION", "licenseDeclared": "MIT",
                 "supplier": "Organization: Example Works ()",
                 "checksums": [{"algorithm": "SHA1", "checksumValue": "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709"}],
                 "externalRefs": [
                   {"referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl",
                    "referenceLocator": "pkg:maven/org.example/waste-core@2.0.1"},
                   {"referenceCategory": "SECURITY", "referenceType": "cpe23Type",
                    "referenceLocator": "cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*"}]},
                {"SPDXID": "SPDXRef-app", "name": "bin-rota", "versionInfo": "NOASSERTION",
                 "primaryPackagePurpose": "APPLICATION", "downloadLocation": "https://example.org/bin-rota.zip"},
                {"SPDXID": "SPDXRef-deep", "name": "tide", "versionInfo": "0.9", "downloadLocation": "NONE"},
                {"SPDXID": "SPDXRef-check", "name": "checker", "versionInfo": "5", "downloadLocation": "NONE"}
              ],
              "files": [{"SPDXID": "SPDXRef-file", "fileName": "./a", "checksums": [{"algorithm": "SHA1"}]}],
              "relationships": [
                {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-app"},
                {"spdxElementId": "SPDXRef-app", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-lib"},
                {"spdxElementId": "SPDXRef-app", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-file"},
                {"spdxElementId": "SPDXRef-deep", "relationshipType": "DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-lib"},
                {"spdxElementId": "SPDXRef-check", "relationshipType": "TEST_DEPENDENCY_OF", "relatedSpdxElement": "SPDXRef-app"}
              ]
            }
            """;

    static final String TAG_VALUE = """
            SPDXVersion: SPDX-2.3
            DataLicense: CC0-1.0
            SPDXID: SPDXRef-DOCUMENT
            DocumentName: bin-rota
            DocumentNamespace: https://example.org/bin-rota
            Creator: Tool: heron-1.2
            Creator: Organization: Example Council
            Creator: Person: A Clerk ()
            Created: 2026-02-03T04:05:06Z
            CreatorComment: <text>two
            PackageName: not a package
            lines</text>
            Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app

            ## a comment
            PackageName: org.example:waste-core
            SPDXID: SPDXRef-lib
            PackageVersion: 2.0.1
            PackageDownloadLocation: NOASSERTION
            PackageLicenseConcluded: NOASSERTION
            PackageLicenseDeclared: MIT
            PackageSupplier: Organization: Example Works ()
            PackageChecksum: SHA1: DA39A3EE5E6B4B0D3255BFEF95601890AFD80709
            ExternalRef: PACKAGE_MANAGER purl pkg:maven/org.example/waste-core@2.0.1
            ExternalRef: SECURITY cpe23Type cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*

            PackageName: bin-rota
            SPDXID: SPDXRef-app
            PackageVersion: NOASSERTION
            PrimaryPackagePurpose: APPLICATION
            PackageDownloadLocation: https://example.org/bin-rota.zip
            Relationship: SPDXRef-app CONTAINS SPDXRef-lib
            Relationship: SPDXRef-app CONTAINS SPDXRef-file

            FileName: ./a
            SPDXID: SPDXRef-file

            PackageName: tide
            SPDXID: SPDXRef-deep
            PackageVersion: 0.9
            PackageDownloadLocation: NONE
            Relationship: SPDXRef-deep DEPENDENCY_OF SPDXRef-lib

            PackageName: checker
            SPDXID: SPDXRef-check
            PackageVersion: 5
            PackageDownloadLocation: NONE
            Relationship: SPDXRef-check TEST_DEPENDENCY_OF SPDXRef-app
            """;

    static final String YAML = """
            spdxVersion: SPDX-2.3
            dataLicense: CC0-1.0
            SPDXID: SPDXRef-DOCUMENT
            name: bin-rota
            documentNamespace: https://example.org/bin-rota
            creationInfo:
              created: 2026-02-03T04:05:06Z
              creators:
              - 'Tool: heron-1.2'
              - 'Organization: Example Council'
              - 'Person: A Clerk ()'
            packages:
            - SPDXID: SPDXRef-lib
              name: org.example:waste-core
              versionInfo: 2.0.1
              downloadLocation: NOASSERTION
              licenseConcluded: NOASSERTION
              licenseDeclared: MIT
              supplier: 'Organization: Example Works ()'
              checksums:
              - algorithm: SHA1
                checksumValue: DA39A3EE5E6B4B0D3255BFEF95601890AFD80709
              externalRefs:
              - referenceCategory: PACKAGE_MANAGER
                referenceType: purl
                referenceLocator: pkg:maven/org.example/waste-core@2.0.1
              - referenceCategory: SECURITY
                referenceType: cpe23Type
                referenceLocator: cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*
            - SPDXID: SPDXRef-app
              name: bin-rota
              versionInfo: NOASSERTION
              primaryPackagePurpose: APPLICATION
              downloadLocation: https://example.org/bin-rota.zip
            - SPDXID: SPDXRef-deep
              name: tide
              versionInfo: 0.9
              downloadLocation: NONE
            - SPDXID: SPDXRef-check
              name: checker
              versionInfo: 5
              downloadLocation: NONE
            files:
            - SPDXID: SPDXRef-file
              fileName: ./a
            documentDescribes:
            - SPDXRef-app
            relationships:
            - {spdxElementId: SPDXRef-app, relationshipType: CONTAINS, relatedSpdxElement: SPDXRef-lib}
            - {spdxElementId: SPDXRef-app, relationshipType: CONTAINS, relatedSpdxElement: SPDXRef-file}
            - {spdxElementId: SPDXRef-deep, relationshipType: DEPENDENCY_OF, relatedSpdxElement: SPDXRef-lib}
            - {spdxElementId: SPDXRef-check, relationshipType: TEST_DEPENDENCY_OF, relatedSpdxElement: SPDXRef-app}
            """;

    static final String RDF = """
            <?xml version="1.0" encoding="UTF-8"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://spdx.org/rdf/terms#">
              <Package rdf:about="https://example.org/bin-rota#SPDXRef-lib">
                <name>org.example:waste-core</name>
                <versionInfo>2.0.1</versionInfo>
                <downloadLocation rdf:resource="http://spdx.org/rdf/terms#noassertion"/>
                <licenseConcluded rdf:resource="http://spdx.org/rdf/terms#noassertion"/>
                <licenseDeclared><ListedLicense rdf:about="http://spdx.org/licenses/MIT"/></licenseDeclared>
                <supplier>Organization: Example Works ()</supplier>
                <checksum><Checksum>
                  <algorithm rdf:resource="http://spdx.org/rdf/terms#checksumAlgorithm_sha1"/>
                  <checksumValue>DA39A3EE5E6B4B0D3255BFEF95601890AFD80709</checksumValue>
                </Checksum></checksum>
                <externalRef><ExternalRef>
                  <referenceCategory rdf:resource="http://spdx.org/rdf/terms#referenceCategory_packageManager"/>
                  <referenceType rdf:resource="http://spdx.org/rdf/references/purl"/>
                  <referenceLocator>pkg:maven/org.example/waste-core@2.0.1</referenceLocator>
                </ExternalRef></externalRef>
                <externalRef rdf:nodeID="cpe"/>
              </Package>
              <ExternalRef rdf:nodeID="cpe">
                <referenceType rdf:resource="http://spdx.org/rdf/references/cpe23Type"/>
                <referenceLocator>cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*</referenceLocator>
              </ExternalRef>
              <SpdxDocument rdf:about="https://example.org/bin-rota#SPDXRef-DOCUMENT">
                <specVersion>SPDX-2.3</specVersion>
                <name>bin-rota</name>
                <creationInfo><CreationInfo>
                  <created>2026-02-03T04:05:06Z</created>
                  <creator>Tool: heron-1.2</creator>
                  <creator>Organization: Example Council</creator>
                  <creator>Person: A Clerk ()</creator>
                </CreationInfo></creationInfo>
                <relationship><Relationship>
                  <relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_describes"/>
                  <relatedSpdxElement>
                    <Package rdf:about="https://example.org/bin-rota#SPDXRef-app" versionInfo="NOASSERTION">
                      <name>bin-rota</name>
                      <downloadLocation>https://example.org/bin-rota.zip</downloadLocation>
                      <primaryPackagePurpose rdf:resource="http://spdx.org/rdf/terms#purpose_application"/>
                      <relationship><Relationship>
                        <relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_contains"/>
                        <relatedSpdxElement rdf:resource="https://example.org/bin-rota#SPDXRef-lib"/>
                      </Relationship></relationship>
                      <relationship><Relationship>
                        <relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_contains"/>
                        <relatedSpdxElement>
                          <File rdf:about="https://example.org/bin-rota#SPDXRef-file"><fileName>./a</fileName></File>
                        </relatedSpdxElement>
                      </Relationship></relationship>
                    </Package>
                  </relatedSpdxElement>
                </Relationship></relationship>
              </SpdxDocument>
              <rdf:Description rdf:about="https://example.org/bin-rota#SPDXRef-deep">
                <rdf:type rdf:resource="http://spdx.org/rdf/terms#Package"/>
                <name>tide</name>
                <versionInfo>0.9</versionInfo>
                <downloadLocation rdf:resource="http://spdx.org/rdf/terms#none"/>
                <relationship rdf:parseType="Resource">
                  <relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_dependencyOf"/>
                  <relatedSpdxElement rdf:resource="https://example.org/bin-rota#SPDXRef-lib"/>
                </relationship>
              </rdf:Description>
              <Package rdf:about="https://example.org/bin-rota#SPDXRef-check">
                <name>checker</name>
                <versionInfo>5</versionInfo>
                <relationship><Relationship>
                  <relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_testDependencyOf"/>
                  <relatedSpdxElement rdf:resource="https://example.org/bin-rota#SPDXRef-app"/>
                </Relationship></relationship>
              </Package>
            </rdf:RDF>
            """;

    static final String SPDX_3 = """
            {
              "@context": ["https://spdx.org/rdf/3.0.1/spdx-context.jsonld", {"b": "https://example.org/bin-rota#"}],
              "@graph": [
                {"type": "CreationInfo", "@id": "_:c", "specVersion": "3.0.1", "created": "2026-02-03T04:05:06Z",
                 "createdBy": ["b:council"], "createdUsing": ["b:heron"]},
                {"type": "Organization", "spdxId": "b:council", "name": "Example Council", "creationInfo": "_:c"},
                {"type": "Organization", "spdxId": "b:works", "name": "Example Works", "creationInfo": "_:c"},
                {"type": "Tool", "spdxId": "b:heron", "name": "heron-1.2", "creationInfo": "_:c"},
                {"type": "SpdxDocument", "spdxId": "b:document", "creationInfo": "_:c", "rootElement": ["b:sbom"]},
                {"type": "software_Sbom", "spdxId": "b:sbom", "creationInfo": "_:c",
                 "software_sbomType": ["build"], "rootElement": ["b:app"]},
                {"type": "software_Package", "spdxId": "b:lib", "creationInfo": "_:c",
                 "name": "org.example:waste-core", "software_packageVersion": "2.0.1",
                 "software_packageUrl": "pkg:maven/org.example/waste-core@2.0.1",
                 "externalIdentifier": [
                   {"type": "ExternalIdentifier", "externalIdentifierType": "cpe23",
                    "identifier": "cpe:2.3:a:example:waste_core:2.0.1:*:*:*:*:*:*:*"},
                   {"type": "ExternalIdentifier", "externalIdentifierType": "packageUrl",
                    "identifier": "pkg:maven/org.example/waste-core@2.0.1"}],
                 "verifiedUsing": [{"type": "Hash", "algorithm": "sha1",
                   "hashValue": "da39a3ee5e6b4b0d3255bfef95601890afd80709"}],
                 "suppliedBy": "b:works"},
                {"@type": "https://spdx.org/rdf/3.0.1/terms/Software/Package", "@id": "https://example.org/bin-rota#app",
                 "name": "bin-rota", "software:primaryPurpose": "application",
                 "software_downloadLocation": "https://example.org/bin-rota.zip"},
                {"type": "Package", "spdxId": "b:deep", "name": "tide", "packageVersion": "0.9"},
                {"type": "Package", "spdxId": "b:check", "name": "checker", "packageVersion": "5"},
                {"type": "software_File", "spdxId": "b:file", "name": "./a"},
                {"type": "simplelicensing_LicenseExpression", "spdxId": "b:mit",
                 "simplelicensing_licenseExpression": "MIT"},
                {"type": "Relationship", "spdxId": "b:r1", "from": "b:app", "relationshipType": "contains",
                 "to": ["b:lib", "b:file"]},
                {"type": "Relationship", "spdxId": "b:r2", "from": "b:lib", "relationshipType": "dependsOn",
                 "to": ["b:deep"]},
                {"type": "LifecycleScopedRelationship", "spdxId": "b:r3", "from": "b:app",
                 "relationshipType": "dependsOn", "to": ["b:check"], "scope": "test"},
                {"type": "Relationship", "spdxId": "b:r4", "from": "b:lib", "relationshipType": "hasDeclaredLicense",
                 "to": ["b:mit"]}
              ]
            }
            """;

    private SpdxFixtures() {}

    static InputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param encoding as [Sbom#encoding()] spells it
    static Sbom read(String encoding, InputStream in) throws IOException, Unreadable {
        return switch (encoding) {
            case "JSON" -> SpdxJson.read(in);
            case "tag-value" -> SpdxTagValue.read(in);
            case "YAML" -> SpdxYaml.read(in);
            case "RDF/XML" -> SpdxRdf.read(in);
            case "JSON-LD" -> Spdx3.read(in);
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    static String document(String encoding) {
        return switch (encoding) {
            case "JSON" -> JSON;
            case "tag-value" -> TAG_VALUE;
            case "YAML" -> YAML;
            case "RDF/XML" -> RDF;
            case "JSON-LD" -> SPDX_3;
            default -> throw new IllegalArgumentException(encoding);
        };
    }

    /// A JSON document with these packages and relationships.
    static Sbom json(String packages, String relationships) throws IOException, Unreadable {
        return SpdxJson.read(in("{\"spdxVersion\": \"SPDX-2.3\",\n\"packages\": [\n" + packages
                + "\n],\n\"relationships\": [\n" + relationships + "\n]}"));
    }

    static List<String> messages(Sbom sbom) {
        return sbom.warnings().stream().map(p -> p.line() + ": " + p.message()).toList();
    }
}
