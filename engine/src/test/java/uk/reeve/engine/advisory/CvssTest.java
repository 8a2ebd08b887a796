package uk.reeve.engine.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;

class CvssTest {

    @Test
    void the_most_specific_score_counts() throws BadCvss {
        Cvss three = Cvss.parse("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:U/MAV:P");

        assertThat(three.baseScore()).isEqualTo(9.8);
        assertThat(three.temporalScore()).isEqualTo(9.0);
        assertThat(three.score()).isEqualTo(three.environmentalScore()).isEqualTo(6.2);
        assertThat(three.band()).isEqualTo(Severity.Band.MEDIUM);

        Cvss four = Cvss.parse("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U");
        assertThat(four.baseScore()).isEqualTo(9.3);
        assertThat(four.score()).isEqualTo(four.temporalScore()).isEqualTo(8.1);
    }

    @Test
    void a_2_0_vector_may_stand_in_parentheses_and_has_no_band_above_high() throws BadCvss {
        assertThat(Severity.ofVector("(AV:N/AC:L/Au:N/C:C/I:C/A:C)"))
                .extracting(Severity::band)
                .isEqualTo(Severity.Band.HIGH);
    }

    @Test
    void a_bad_vector_says_why() {
        assertThatThrownBy(() -> Cvss.parse("CVSS:9.9/AV:N"))
                .hasMessage("\"CVSS:9.9/AV:N\" begins with no known version; they are 2.0, 3.0, 3.1 and 4.0");
        assertThatThrownBy(() -> Cvss.parse("CVSS:3.1/AV:N/AC:L"))
                .hasMessage("\"CVSS:3.1/AV:N/AC:L\" lacks PR, which every CVSS 3.1 vector has");
        assertThatThrownBy(() -> Cvss.parse("CVSS:3.1/AV:Q"))
                .hasMessage("\"CVSS:3.1/AV:Q\" has \"AV:Q\"; the values of AV are N A L P");
        assertThatThrownBy(() -> Cvss.parse("AV:N/AV:L")).hasMessage("\"AV:N/AV:L\" gives AV twice");
        assertThatThrownBy(() -> Cvss.parse("HIGH")).hasMessageContaining("\"HIGH\", which is no metric of CVSS 2.0");
        assertThatThrownBy(() -> Cvss.parse("")).hasMessageContaining("lacks AV");
        assertThatThrownBy(() -> Cvss.parse("CVSS:3.1")).isInstanceOf(BadCvss.class);
        assertThatThrownBy(() -> Cvss.parse("CVSS:3.1/AV:N A")).isInstanceOf(BadCvss.class);
    }

    @Test
    void a_word_has_a_band_and_no_number() {
        assertThat(Severity.ofWord("Moderate")).isEqualTo(new Severity(Severity.Band.MEDIUM, null, "Moderate"));
        assertThat(Severity.ofWord("unknown")).isNull();
    }

    @Test
    void severities_sort_by_band_and_then_by_score() throws BadCvss {
        Severity word = new Severity(Severity.Band.CRITICAL, null, "critical");
        Severity nine = Severity.ofVector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
        Severity high = Severity.ofVector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N");

        assertThat(nine).isGreaterThan(word);
        assertThat(word).isGreaterThan(high);
    }

    /// Where the calculators disagree: halves of 2.0, which they round either way, and 4.0, where the official one is
    /// right. Ours is always one of the three answers in 4.0, and at most 0.2 away in 2.0.
    @Test
    void where_calculators_disagree_ours_is_the_official_one_or_near() throws BadCvss {
        for (String[] row : Shared.tsv("conformance/cvss/disagreements.tsv")) {
            Cvss cvss = Cvss.parse(row[1]);
            if (row[0].equals("4.0")) {
                assertThat(row[2]).as(row[1]).startsWith(Double.toString(cvss.score()));
            } else {
                String[] official = row[2].split("/", -1);
                assertThat(Math.abs(cvss.environmentalScore() - Double.parseDouble(official[2])))
                        .as(row[1])
                        .isLessThan(0.21);
            }
        }
    }
}
