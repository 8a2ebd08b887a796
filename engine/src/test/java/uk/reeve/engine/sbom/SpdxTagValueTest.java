package uk.reeve.engine.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.reeve.engine.sbom.SpdxFixtures.in;
import static uk.reeve.engine.sbom.SpdxFixtures.messages;

import org.junit.jupiter.api.Test;

class SpdxTagValueTest {

    @Test
    void other_letter_case_is_read_with_one_warning_a_tag() throws Exception {
        Sbom sbom = SpdxTagValue.read(in("""
                spdxVersion: spdx 2.3
                packagename: oak
                SPDXID: SPDXRef-a
                packageVersion: 1
                packagename: elm
                SPDXID: SPDXRef-b
                """));
        assertThat(sbom.components().stream().map(Component::name)).containsExactly("oak", "elm");
        assertThat(messages(sbom))
                .containsExactly(
                        "1: \"spdxVersion\" is written \"SPDXVersion\"; it was read as such",
                        "1: the version is written \"spdx 2.3\"; it should be \"SPDX-2.3\"",
                        "2: \"packagename\" is written \"PackageName\"; it was read as such",
                        "4: \"packageVersion\" is written \"PackageVersion\"; it was read as such");
    }

    @Test
    void lines_that_say_nothing_are_told() throws Exception {
        Sbom sbom = SpdxTagValue.read(in("""
                SPDXVersion: SPDX-2.2
                PackageVersion: 7
                no tag
                Colour: green
                PackageName: oak
                SPDXID: SPDXRef-a
                ExternalRef: purl pkg:npm/oak
                PackageChecksum: abc
                Relationship: SPDXRef-a CONTAINS
                """));
        assertThat(sbom.components()).hasSize(1);
        assertThat(messages(sbom))
                .containsExactly(
                        "2: \"PackageVersion\" stands outside of a package, which begins with \"PackageName\"; it was left out",
                        "3: expected \"Tag: value\", found \"no tag\"; it was left out",
                        "4: \"Colour\" is no tag of SPDX 2; it was left out",
                        "7: expected \"ExternalRef: category type locator\", found \"purl pkg:npm/oak\"; it was left out",
                        "8: a checksum lacks its algorithm or its value; it was left out",
                        "9: the relation \"SPDXRef-a\" \"CONTAINS\" nothing is not complete; it was left out");
    }

    @Test
    void a_text_that_is_never_closed_keeps_what_was_before_it() throws Exception {
        Sbom sbom = SpdxTagValue.read(in("""
                SPDXVersion: SPDX-2.2
                PackageName: oak
                SPDXID: SPDXRef-a
                PackageComment: <text>on and
                PackageName: swallowed
                """));
        assertThat(sbom.components()).hasSize(1);
        assertThat(messages(sbom))
                .containsExactly(
                        "4: the <text> opened here is never closed, so nothing after it was read; the document may"
                                + " be cut off");
    }

    @Test
    void the_tags_of_a_file_do_not_touch_the_package_before_it() throws Exception {
        Sbom sbom = SpdxTagValue.read(in("""
                SPDXVersion: SPDX-2.1
                PackageName: oak
                SPDXID: SPDXRef-a
                FileName: ./leaf
                SPDXID: SPDXRef-leaf
                FileChecksum: SHA1: 00
                LicenseConcluded: MIT
                FileName: ./no-id
                Relationship: SPDXRef-a CONTAINS SPDXRef-leaf
                """));
        assertThat(sbom.components()).singleElement().satisfies(c -> {
            assertThat(c.ref()).isEqualTo("SPDXRef-a");
            assertThat(c.licences()).isEmpty();
        });
        assertThat(sbom.warnings()).isEmpty();
    }
}
