package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import uk.reeve.engine.vex.Status;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.Alerts;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.Exposures;
import uk.reeve.register.exposure.Exposures.SystemExposure;
import uk.reeve.register.exposure.SectorCounts;
import uk.reeve.register.exposure.Urgency;
import uk.reeve.register.statement.Statements;
import uk.reeve.register.today.TodayItem;

/// The Log4Shell morning in its thinnest form: one supplier, one release with its SBOM, one council that runs
/// it and one that does not, one advisory, one alert.
@RegisterTest
class MorningTest {

    private static final Set<String> LOG4SHELL = Set.of("CVE-2021-44228");

    @Autowired
    Given given;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Evaluation evaluation;

    @Autowired
    SectorCounts counts;

    @Autowired
    List<TodayItem.Source> sources;

    @Autowired
    Exposures exposures;

    @Autowired
    Vulnerabilities vulnerabilities;

    @Autowired
    Statements statements;

    @Autowired
    FanOut fanOut;

    @Autowired
    Alerts alerts;

    @TempDir
    Path folder;

    @Test
    void an_advisory_reaches_exactly_those_who_run_what_it_affects() throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Larkfield Systems (invented)");
        Asker.Person westmere = given.someoneOf(Asker.Kind.COUNCIL, "Westmere Borough Council (invented)");
        Asker.Person eastmere = given.someoneOf(Asker.Kind.COUNCIL, "Eastmere Borough Council (invented)");
        evaluation.holdBack(LOG4SHELL);

        UUID[] releases = Asking.as(supplier, () -> {
            UUID product = products.add("Larkfield Revenues", null, null);
            UUID old = products.addRelease(product, "8.2", LocalDate.of(2021, 5, 4), null);
            UUID next = products.addRelease(product, "8.3", LocalDate.of(2021, 12, 20), null);
            products.publish(product);
            store(old, "2.14.1");
            store(next, "2.17.1");
            return new UUID[] {old, next};
        });
        String system = Asking.as(
                westmere,
                () -> systems.add(new Systems.New(
                        "Revenues live", null, releases[0], "Council tax", "own", "internet", "P. Shah")));
        Asking.as(
                eastmere,
                () -> systems.add(
                        new Systems.New("Revenues live", null, releases[1], "Council tax", "own", "internet", null)));
        evaluation.catchUp();
        fanOut.catchUp();
        assertThat(vulnerabilities.byName("CVE-2021-44228")).isEmpty(); // held back
        assertThat(told(westmere)).isEmpty();

        evaluation.publish(LOG4SHELL);
        fanOut.catchUp();

        UUID log4shell = vulnerabilities.byName("cve-2021-44228").orElseThrow().id();
        assertThat(told(westmere)).containsExactly("exposed CVE-2021-44228 3");
        assertThat(told(eastmere)).isEmpty();
        assertThat(told(supplier)).isEmpty();
        List<SystemExposure> exposed = Asking.as(westmere, () -> exposures.of(log4shell));
        assertThat(exposed).singleElement().satisfies(one -> {
            assertThat(one.ref()).isEqualTo(system);
            assertThat(one.verdict()).isEqualTo("affected");
            assertThat(one.urgency()).isEqualTo(Urgency.ACT_NOW);
            assertThat(one.path()).containsExactly("report-kit 3.1", "log4j-core 2.14.1");
            assertThat(one.moveTo()).isEqualTo("8.3");
            assertThat(one.service()).isEqualTo("Council tax");
        });
        assertThat(Asking.as(eastmere, () -> exposures.of(log4shell))).isEmpty();
        assertThat(Asking.as(supplier, () -> exposures.of(log4shell))).isEmpty();
        assertThat(exposures.of(log4shell)).isEmpty(); // nobody asks
        String silent = "Log4Shell (CVE-2021-44228) is under attack: 1 release of yours holds it";
        assertThat(today(supplier)).anyMatch(text -> text.startsWith(silent));
        assertThat(today(westmere)).noneMatch(text -> text.startsWith(silent));
        counts.count();
        Asker.Person desk = given.someoneOf(Asker.Kind.COORDINATOR, "Sector desk (invented)");
        assertThat(today(desk)).anyMatch(text -> text.startsWith("Log4Shell (CVE-2021-44228) is under attack: "));

        // the same again: nothing new
        evaluation.publish(LOG4SHELL);
        fanOut.catchUp();
        assertThat(told(westmere)).hasSize(1);

        // the supplier's word decides, and the alert is taken back
        Asking.as(
                supplier,
                () -> statements.say(new Statements.Said(
                        releases[0],
                        log4shell,
                        Status.NOT_AFFECTED,
                        "vulnerable_code_not_present",
                        null,
                        null,
                        false,
                        null,
                        null)));
        fanOut.catchUp();
        assertThat(told(westmere)).containsExactly("retracted CVE-2021-44228 3", "exposed CVE-2021-44228 3");
        assertThat(Asking.as(westmere, () -> exposures.of(log4shell)))
                .extracting(SystemExposure::verdict)
                .containsExactly("not-affected");
        assertThat(today(supplier)).noneMatch(text -> text.startsWith(silent));
    }

    private List<String> today(Asker.Person who) {
        return Asking.as(who, () -> sources.stream()
                .flatMap(source -> source.today().stream())
                .map(TodayItem::text)
                .toList());
    }

    private List<String> told(Asker.Person who) {
        return Asking.as(who, () -> alerts.told(10)).stream()
                .filter(told -> told.vulnerability().equals("CVE-2021-44228"))
                .map(told -> told.kind() + " " + told.vulnerability() + " " + told.days())
                .toList();
    }

    private void store(UUID release, String log4j) {
        try {
            Path file = folder.resolve(release + ".json");
            Files.writeString(file, """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                     "metadata": {"component": {"type": "application", "bom-ref": "it", "name": "it"}},
                     "components": [
                       {"type": "library", "bom-ref": "kit", "name": "report-kit", "version": "3.1",
                        "purl": "pkg:maven/example.larkfield/report-kit@3.1"},
                       {"type": "library", "bom-ref": "log", "name": "log4j-core", "version": "VERSION",
                        "purl": "pkg:maven/org.apache.logging.log4j/log4j-core@VERSION"}],
                     "dependencies": [{"ref": "it", "dependsOn": ["kit"]}, {"ref": "kit", "dependsOn": ["log"]}]}
                    """.replace("VERSION", log4j));
            sboms.store(release, Sboms.Origin.DECLARED, "verified", file);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
