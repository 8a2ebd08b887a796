package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.alert.AlertDelivery;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// The morning on as many councils as the United Kingdom has: one alert and one e-mail a person to each that is
/// affected, none to any other.
@RegisterTest
class SectorMorningTest {

    private static final int COUNCILS = 382;

    @Autowired
    Given given;

    @Autowired
    Products products;

    @Autowired
    Sboms sboms;

    @Autowired
    Systems systems;

    @Autowired
    Advisories advisories;

    @Autowired
    Evaluation evaluation;

    @Autowired
    FanOut fanOut;

    @Autowired
    AlertDelivery delivery;

    @Autowired
    JdbcClient jdbc;

    @TempDir
    Path folder;

    @Test
    void every_affected_council_gets_one_alert_and_each_of_its_people_one_mail() throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Hartwell (invented)");
        UUID[] releases = Asking.as(supplier, () -> {
            UUID product = products.add("Hartwell Elections", null, null);
            UUID flawed = products.addRelease(product, "4", LocalDate.of(2026, 1, 1), null);
            UUID mended = products.addRelease(product, "5", LocalDate.of(2026, 6, 1), null);
            products.publish(product);
            store(flawed, "2.0.0");
            store(mended, "2.0.1");
            return new UUID[] {flawed, mended};
        });
        Set<String> affected = new TreeSet<>();
        for (int i = 0; i < COUNCILS; i++) {
            Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Council " + i + " (invented)");
            boolean runsIt = i % 3 == 0;
            Asking.as(council, () -> {
                // one release in two services is still one alert
                systems.add(new Systems.New(
                        "Elections", null, releases[runsIt ? 0 : 1], "Elections", "own", "internet", null));
                return systems.add(new Systems.New(
                        "Postal votes", null, releases[runsIt ? 0 : 1], "Elections", "own", "network", null));
            });
            if (runsIt) {
                affected.add(given.mailOf(council));
            }
        }
        evaluation.catchUp();
        fanOut.catchUp();
        delivery.catchUp();
        int before = MailSink.SERVER.getReceivedMessages().length;

        long start = System.nanoTime();
        Path record = folder.resolve("record.json");
        Files.writeString(record, """
                {"schema_version": "1.7.0", "id": "GHSA-test-test-0382", "modified": "2026-11-28T09:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "@hartwell/ballot"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.1"}]}]}]}
                """);
        advisories.receive(record);
        fanOut.catchUp();
        delivery.catchUp();
        long millis = (System.nanoTime() - start) / 1_000_000;

        List<String> mailed = new ArrayList<>();
        MimeMessage[] all = MailSink.SERVER.getReceivedMessages();
        for (int i = before; i < all.length; i++) {
            assertThat(all[i].getSubject()).startsWith("Act now:");
            mailed.add(all[i].getAllRecipients()[0].toString());
        }
        System.out.println(
                "Sector morning: " + mailed.size() + " of " + COUNCILS + " councils told in " + millis + " ms");
        assertThat(mailed).containsExactlyInAnyOrderElementsOf(affected);
        long alerts = given.inJob(() -> jdbc.sql("""
                SELECT count(*) FROM alert a JOIN vulnerability k ON k.id = a.vulnerability_id
                 WHERE k.name = 'GHSA-test-test-0382'
                """).query(Long.class).single());
        assertThat(alerts).isEqualTo(affected.size());
        assertThat(millis).isLessThan(60_000);

        // nothing more comes of it
        advisories.foldIn();
        evaluation.catchUp();
        fanOut.catchUp();
        delivery.catchUp();
        assertThat(MailSink.SERVER.getReceivedMessages()).hasSize(all.length);
    }

    private void store(UUID release, String version) {
        Path file = folder.resolve(release + ".json");
        try {
            Files.writeString(file, """
                    {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                     "components": [{"type": "library", "bom-ref": "a", "name": "ballot", "version": "%s",
                                     "purl": "pkg:npm/%%40hartwell/ballot@%s"}]}
                    """.formatted(version, version));
            sboms.store(release, Sboms.Origin.DECLARED, "verified", file);
        } catch (java.io.IOException | Unreadable e) {
            throw new AssertionError(e);
        }
    }
}
