package uk.reeve.scanner.malice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;

class IndicatorsTest {

    @TempDir
    Path folder;

    private Indicators read(String text) throws Exception {
        Indicators indicators = new Indicators();
        indicators.read("list", Files.writeString(folder.resolve("list"), text));
        return indicators;
    }

    @Test
    void lines_name_exact_versions_of_npm_or_of_the_type_that_they_tell_under_the_campaign_of_the_last_comment()
            throws Exception {
        Indicators indicators = read(
                "# ====\n# Teapot worm\n@cup/tea:1.0.1\npypi:Kettle_Lib:2.0\ncrates:spoon:0.1.0\nmaven:org.tea:cup:1.0\nnuget:Tea.Pot:1.0\nother:spoon:3.0\nnothing\n");
        assertThat(indicators.of(Purl.parse("pkg:maven/org.tea/cup@1.0"))).hasSize(1);
        assertThat(indicators.of(Purl.parse("pkg:nuget/tea.pot@1.0"))).hasSize(1);
        assertThat(indicators.of(Purl.parse("pkg:npm/spoon@3.0"))).isEmpty();
        assertThat(indicators.of(Purl.parse("pkg:npm/%40cup/tea@1.0.1")))
                .containsExactly(new Indicators.Hit("list", 3, "Teapot worm"));
        assertThat(indicators.of(Purl.parse("pkg:pypi/kettle-lib@2.0"))).hasSize(1);
        assertThat(indicators.of(Purl.parse("pkg:cargo/spoon@0.1.0"))).hasSize(1);
        assertThat(indicators.of(Purl.parse("pkg:npm/%40cup/tea@1.0.2"))).isEmpty();
        assertThat(indicators.of(Purl.parse("pkg:npm/spoon@0.1.0"))).isEmpty();
    }

    @Test
    void a_table_has_columns_of_package_and_version_and_a_cell_may_hold_several() throws Exception {
        Indicators indicators = read(
                "package_name,package_versions,sources\ntea,\"1.0.1, 1.0.2\",\"a, b\"\ncup,= 2.0.0 || = 2.0.1,c\n");
        for (String known : new String[] {"tea@1.0.1", "tea@1.0.2", "cup@2.0.0", "cup@2.0.1"}) {
            assertThat(indicators.of(Purl.parse("pkg:npm/" + known))).as(known).hasSize(1);
        }
        assertThat(indicators.of(Purl.parse("pkg:npm/tea@1.0.3"))).isEmpty();
    }

    @Test
    void a_table_may_tell_the_ecosystem_and_rows_of_other_things_are_left_out() throws Exception {
        Indicators indicators =
                read("artifact_type,name,affected_versions\npypi package,tea,1.0\ncontainer image,cup,1.0\n");
        assertThat(indicators.of(Purl.parse("pkg:pypi/tea@1.0"))).hasSize(1);
        assertThat(indicators.of(Purl.parse("pkg:npm/cup@1.0"))).isEmpty();
    }

    @Test
    void a_file_that_names_no_version_is_refused() {
        assertThatThrownBy(() -> read("hello\n"))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("names no version");
    }

    @Test
    void a_real_list_is_read() throws Exception {
        Indicators indicators = new Indicators();
        Path list = Shared.path("data/ioc/cobenian-compromised-packages.txt");
        assertThat(indicators.read("list", list)).isGreaterThan(5_000);
        assertThat(indicators.of(Purl.parse("pkg:npm/02-echo@0.0.7"))).hasSize(1);
    }
}
