package uk.reeve.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import uk.reeve.engine.advisory.BadCvss;
import uk.reeve.engine.advisory.Cvss;
import uk.reeve.engine.advisory.OsvReader;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.TomlInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.input.XmlInput;
import uk.reeve.engine.input.YamlInput;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.SbomReader;
import uk.reeve.engine.version.BadRange;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;
import uk.reeve.engine.version.Vers;
import uk.reeve.engine.version.VersionKey;
import uk.reeve.engine.version.VersionOrder;
import uk.reeve.engine.vex.VexDocument;

/// Of every parser, only the exception that it names may come out. In the build the seeds are read; with JAZZER_FUZZ=1
/// one test goes on by itself, see CONTRIBUTING.md.
class ParsersFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void purl(byte[] data) {
        try {
            Purl purl = Purl.parse(text(data));
            assertThat(Purl.parse(purl.toString())).isEqualTo(purl);
        } catch (BadPurl e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void versions(byte[] data) {
        String text = text(data);
        int half = text.length() / 2;
        String left = text.substring(0, half);
        String right = text.substring(half);
        for (Ecosystem ecosystem : Ecosystem.values()) {
            VersionOrder order = ecosystem.order();
            try {
                int compared = order.compare(left, right);
                assertThat(Integer.signum(order.compare(right, left))).isEqualTo(-Integer.signum(compared));
                VersionKey a = order.key(left);
                VersionKey b = order.key(right);
                if (a.exact() && b.exact()) {
                    assertThat(Integer.signum(VersionKey.compare(a, b))).isEqualTo(Integer.signum(compared));
                }
            } catch (BadVersion e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @FuzzTest(maxDuration = "1m")
    void vers(byte[] data) {
        try {
            Vers.parse(text(data));
        } catch (BadRange e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "1m")
    void cvss(byte[] data) {
        try {
            Cvss cvss = Cvss.parse(text(data));
            assertThat(cvss.score()).isBetween(0.0, 10.0);
            assertThat(cvss.baseScore()).isBetween(0.0, 10.0);
        } catch (BadCvss e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    @FuzzTest(maxDuration = "1m")
    void sbom(byte[] data) throws IOException {
        SbomReader.looksLikeSbom(text(data));
        read(SbomReader::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void osv(byte[] data) throws IOException {
        read(OsvReader::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void vex(byte[] data) throws IOException {
        read(VexDocument::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void json(byte[] data) throws IOException {
        read(JsonInput::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void yaml(byte[] data) throws IOException {
        read(YamlInput::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void toml(byte[] data) throws IOException {
        read(TomlInput::read, data);
    }

    @FuzzTest(maxDuration = "1m")
    void xml(byte[] data) throws IOException {
        read(XmlInput::read, data);
    }

    private interface Parser {
        Object read(ByteArrayInputStream in) throws IOException, Unreadable;
    }

    private static void read(Parser parser, byte[] data) throws IOException {
        try {
            parser.read(new ByteArrayInputStream(data));
        } catch (Unreadable e) {
            assertThat(e.getMessage().lines()).hasSize(1);
        }
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.UTF_8);
    }
}
