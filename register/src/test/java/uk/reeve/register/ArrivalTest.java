package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.alert.Alerts;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;

/// An advisory that comes in by itself: told at once, folded in later, withdrawn when its source withdraws.
@RegisterTest
class ArrivalTest {

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

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
    Alerts alerts;

    @TempDir
    Path folder;

    @Test
    void a_single_record_is_told_at_once_folded_in_once_and_taken_back_when_withdrawn() throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Northfell (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Oakham Vale (invented)");
        Path sbom = folder.resolve("sbom.json");
        Files.writeString(sbom, """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "bom-ref": "a", "name": "parking-permits", "version": "1.4.0",
                                 "purl": "pkg:npm/%40northfell/parking-permits@1.4.0"}]}
                """);
        UUID release = Asking.as(supplier, () -> {
            UUID product = products.add("Northfell Parking", null, null);
            UUID id = products.addRelease(product, "3", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            try {
                sboms.store(id, Sboms.Origin.DECLARED, "nobody", sbom);
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
            return id;
        });
        Asking.as(council, () -> systems.add(new Systems.New("Permits", null, release, null, "own", "internet", null)));
        advisories.foldIn(); // what other tests sent
        evaluation.catchUp();

        Path record = folder.resolve("record.json");
        Files.writeString(record, record(""));
        assertThat(advisories.receive(record)).isEqualTo(new Advisories.Received("GHSA-test-test-0001", true));
        fanOut.catchUp();
        assertThat(told(council)).containsExactly("exposed GHSA-test-test-0001");

        assertThat(advisories.receive(record).news()).isFalse();
        assertThat(advisories.foldIn()).isEqualTo(1);
        assertThat(advisories.foldIn()).isZero();
        evaluation.catchUp();
        fanOut.catchUp();
        assertThat(told(council)).hasSize(1);

        Files.writeString(record, record("\"withdrawn\": \"2026-11-28T00:00:00Z\","));
        assertThat(advisories.receive(record).news()).isTrue();
        advisories.foldIn();
        evaluation.catchUp();
        fanOut.catchUp();
        assertThat(told(council)).containsExactly("retracted GHSA-test-test-0001", "exposed GHSA-test-test-0001");
    }

    /// Who takes a record may die before components are held against it.
    @Test
    void a_record_that_was_taken_and_not_told_is_told_when_it_is_sent_again_or_by_the_next_job() throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Eastfell (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Oakham Weir (invented)");
        UUID release = released(supplier, "eastfell-rota");
        Asking.as(council, () -> systems.add(new Systems.New("Rota", null, release, null, "own", "internet", null)));
        evaluation.catchUp();
        Path record = folder.resolve("record.json");
        for (int i = 1; i <= 2; i++) {
            String id = "GHSA-test-died-000" + i;
            Files.writeString(record, named(id, "27T10", "", "eastfell-rota"));
            died(id, record);
            if (i == 1) {
                assertThat(advisories.receive(record).news()).isTrue();
            } else {
                advisories.tellOfTheRest();
            }
            fanOut.catchUp();
            assertThat(told(council)).hasSize(i).first().isEqualTo("exposed " + id);
            assertThat(advisories.receive(record).news()).isFalse();
        }
    }

    private void died(String id, Path record) throws Exception {
        byte[] bytes = Files.readAllBytes(record);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(bytes);
        given.inJob(() -> jdbc.sql("""
                INSERT INTO advisory (id, sha256, body, received_at) VALUES (:id, :sha256, :body::jsonb, now() - interval '2 minutes')
                """)
                .param("id", id)
                .param("sha256", sha256)
                .param("body", new String(bytes, StandardCharsets.UTF_8))
                .update());
    }

    @Test
    void two_names_that_turn_out_to_be_one_flaw_are_one_alert_and_nobody_is_told_again() throws Exception {
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Southfell (invented)");
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Oakham Hill (invented)");
        UUID release = released(supplier, "southfell-rota");
        Asking.as(council, () -> systems.add(new Systems.New("Rota", null, release, null, "own", "internet", null)));
        evaluation.catchUp();
        Path record = folder.resolve("record.json");
        Files.writeString(record, named("GHSA-test-merg-0001", "27T10", "", "southfell-rota"));
        advisories.receive(record);
        Files.writeString(record, named("CVE-2099-10001", "27T11", "", "southfell-rota"));
        advisories.receive(record);
        advisories.foldIn();
        evaluation.catchUp();
        fanOut.catchUp();
        assertThat(told(council)).containsExactlyInAnyOrder("exposed GHSA-test-merg-0001", "exposed CVE-2099-10001");

        Files.writeString(
                record, named("GHSA-test-merg-0001", "28T10", "\"aliases\": [\"CVE-2099-10001\"],", "southfell-rota"));
        advisories.receive(record);
        advisories.foldIn();
        evaluation.catchUp();
        fanOut.catchUp();
        assertThat(Asking.as(council, () -> alerts.told(10)).stream()
                        .filter(told -> !told.superseded())
                        .map(told -> told.kind() + " " + told.vulnerability()))
                .containsExactly("exposed CVE-2099-10001");
        assertThat(told(council)).hasSize(2); // none was raised anew
    }

    private UUID released(Asker.Person supplier, String component) throws Exception {
        Path sbom = folder.resolve(component + ".json");
        Files.writeString(sbom, """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
                 "components": [{"type": "library", "bom-ref": "a", "name": "%s", "version": "1.4.0",
                                 "purl": "pkg:npm/%s@1.4.0"}]}
                """.formatted(component, component));
        return Asking.as(supplier, () -> {
            UUID product = products.add(component, null, null);
            UUID id = products.addRelease(product, "3", LocalDate.of(2026, 1, 1), null);
            products.publish(product);
            try {
                sboms.store(id, Sboms.Origin.DECLARED, "nobody", sbom);
            } catch (Unreadable e) {
                throw new AssertionError(e);
            }
            return id;
        });
    }

    private static String named(String id, String at, String aliases, String name) {
        return """
                {"schema_version": "1.7.0", "id": "%s", "modified": "2026-11-%s:00:00Z", %s
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.5.0"}]}]}]}
                """.formatted(id, at, aliases, name);
    }

    @Test
    void what_is_no_record_is_refused_with_a_sentence() throws Exception {
        Path page = folder.resolve("page.json");
        Files.writeString(page, "<html>Sign in to the proxy</html>");
        assertThatThrownBy(() -> advisories.receive(page)).isInstanceOf(Unreadable.class);
        Files.writeString(page, "{\"id\": \"../../etc/passwd\", \"modified\": \"2026-01-01T00:00:00Z\"}");
        assertThatThrownBy(() -> advisories.receive(page))
                .isInstanceOf(Unreadable.class)
                .hasMessageContaining("no id that could name an advisory");
    }

    @Test
    void what_was_cut_short_is_too_large_or_is_older_than_what_is_here_changes_nothing() throws Exception {
        Path record = folder.resolve("record.json");
        String whole = named("GHSA-test-olds-0001", "28T10", "", "nobody-has-this");
        Files.writeString(record, whole.substring(0, 200));
        assertThatThrownBy(() -> advisories.receive(record)).isInstanceOf(Unreadable.class);
        Files.writeString(record, whole + " ".repeat(5_000_000));
        assertThatThrownBy(() -> advisories.receive(record)).hasMessageContaining("larger than 5 MB");
        Files.writeString(record, whole);
        assertThat(advisories.receive(record).news()).isTrue();

        Files.writeString(record, named("GHSA-test-olds-0001", "27T10", "", "somebody-has-this"));
        assertThatThrownBy(() -> advisories.receive(record))
                .hasMessage("is of 2026-11-27T10:00:00Z, older than the record of 2026-11-28T10:00:00Z which is here");
        Files.writeString(record, whole);
        assertThat(advisories.receive(record).news()).isFalse();
    }

    private java.util.List<String> told(Asker.Person who) {
        return Asking.as(who, () -> alerts.told(10)).stream()
                .map(told -> told.kind() + " " + told.vulnerability())
                .toList();
    }

    private static String record(String withdrawn) {
        return """
                {"schema_version": "1.7.0", "id": "GHSA-test-test-0001", "modified": "2026-11-%s:00:00Z", %s
                 "summary": "Invented for a test",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "@northfell/parking-permits"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.5.0"}]}]}]}
                """.formatted(withdrawn.isEmpty() ? "27T10" : "28T10", withdrawn);
    }
}
