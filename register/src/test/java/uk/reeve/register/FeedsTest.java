package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.advisory.Advisories;
import uk.reeve.register.advisory.AdvisoryLibrary;
import uk.reeve.register.advisory.Editions;
import uk.reeve.register.advisory.OwnFeeds;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.web.Words;

/// Feeds of their own: records of the CVE Program with CISA's facts, KEV, EPSS; and what breaks each.
@RegisterTest
class FeedsTest {

    private static final Path SHARED = Path.of("../../shared/data");
    private static final String CVE = "CVE-2099-40001";
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @Autowired
    ApplicationContext here;

    @Autowired
    Given given;

    @Autowired
    GivenFlaw givenFlaw;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Advisories advisories;

    @Autowired
    Evaluation evaluation;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    @Test
    void cisa_says_what_works_by_itself_and_the_cve_rates_before_the_advisory_until_it_is_rejected() throws Exception {
        GivenFlaw.Scene scene = givenFlaw.scene();
        Path advisory = folder.resolve("advisory.json");
        Files.writeString(advisory, """
                {"schema_version": "1.7.0", "id": "GHSA-test-feed-0001", "aliases": ["%s"],
                 "modified": "2026-11-28T09:00:00Z",
                 "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/%s"}],
                 "affected": [{"package": {"ecosystem": "npm", "name": "%s"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "2.0.0"}]}]}]}
                """.formatted(CVE, GivenFlaw.SIXTY, scene.pack()));
        advisories.receive(advisory);
        advisories.foldIn();
        evaluation.catchUp();
        assertThat(facts()).isEqualTo("false false null medium 6.3 GHSA-test-feed-0001");

        Browser admin = admin();
        String record = record();
        assertThat(said(admin, record)).contains("1 CVE record was read; 1 told something new");
        assertThat(facts()).isEqualTo("true true 2026-11-21 critical 9.3 CVE-2099-40001 (invented)");
        assertThat(admin.text("/vulnerabilities/" + CVE))
                .contains("Critical 9.3, by the CVE's record (invented)")
                .contains("Since 21 November 2026, by CISA in the CVE's record")
                .contains("Works without sign-in or anyone's help Yes, by CISA in the CVE's record")
                .contains("Gives full control Yes, by CISA in the CVE's record");
        evaluation.catchUp();
        assertThat(facts()).startsWith("true true"); // what the advisories tell anew does not take it back

        // the same again, and an older one, change nothing
        assertThat(said(admin, record)).contains("; 0 told something new");
        assertThat(said(admin, record.replace("\"yes\"", "\"no\"").replace("2026-11-2", "2026-10-2")))
                .contains("; 0 told something new");
        assertThat(facts()).startsWith("true true");

        assertThat(said(admin, record.replace("PUBLISHED", "REJECTED").replace("2026-11-20T", "2026-11-25T")))
                .contains("; 1 told something new");
        assertThat(facts()).isEqualTo("false false null medium 6.3 GHSA-test-feed-0001");
        assertThat(admin.text("/vulnerabilities/" + CVE)).contains("Rejected by the CVE Program");
    }

    @Test
    void what_is_of_a_day_to_come_or_cannot_be_kept_is_refused_in_a_sentence() throws Exception {
        Browser admin = admin();
        LocalDate later = TODAY.plusDays(400);
        String notYet = "a day that has not come yet";
        String cve = record().replace(CVE, "CVE-2099-40007");
        assertThat(refused(
                        admin, "cve.json", cve.replace("2026-11-2", "2999-11-2").getBytes(StandardCharsets.UTF_8)))
                .contains(notYet);
        assertThat(refused(
                        admin, "cve.json", cve.replace("invented", "a\\u0000b").getBytes(StandardCharsets.UTF_8)))
                .contains("holds a character or a day that cannot be kept");
        assertThat(stored("CVE-2099-40007")).isZero();
        assertThat(refused(admin, "kev.json", kev(later, "CVE-2099-40008"))).contains(notYet);
        String osv = """
                {"schema_version": "1.7.0", "id": "GHSA-test-feed-0002", "modified": "%s", "summary": "a%sb",
                 "affected": [{"package": {"ecosystem": "npm", "name": "ashby"},
                               "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}]}]}
                """;
        assertThat(refused(
                        admin,
                        "osv.json",
                        osv.formatted("9999-01-01T00:00:00Z", "").getBytes(StandardCharsets.UTF_8)))
                .contains(notYet);
        assertThat(refused(
                        admin,
                        "osv.json",
                        osv.formatted("2026-11-28T09:00:00Z", "\\u0000").getBytes(StandardCharsets.UTF_8)))
                .contains("holds a character or a number that cannot be kept");
    }

    @Test
    void a_zip_is_taken_whole_or_not_at_all() throws Exception {
        Browser admin = admin();
        String one = record().replace(CVE, "CVE-2099-40002");

        assertThat(refused(admin, "half.zip", Arrays.copyOf(zip("40002", one), 300)))
                .contains("The selected file is a damaged zip, or only half of one");
        assertThat(refused(admin, "mixed.zip", zip("40002", one, "40009", "{\"dataType\": \"CVE_RECORD\"")))
                .contains("holds cves/CVE-2099-40009.json, which");
        assertThat(refused(admin, "none.zip", zip())).contains("holds no record of the CVE Program");
        assertThat(stored("CVE-2099-40002")).isZero();

        admin.upload("/admin/sources", admin.token("/admin/sources"), "file", "two.zip", zip("40002", one));
        assertThat(stored("CVE-2099-40002")).isEqualTo(1);
    }

    @Test
    void real_records_are_read() throws Exception {
        Path real = SHARED.resolve("cve5/cve-v5-sample.zip");
        assumeTrue(Files.exists(real), "SKIPPED: ../shared is not beside this project");
        Browser admin = admin();

        admin.upload("/admin/sources", admin.token("/admin/sources"), "file", "cves.zip", Files.readAllBytes(real));

        assertThat(admin.text("/admin/sources")).contains("46 CVE records were read");
        assertThat(given.inJob(() -> jdbc.sql("""
                SELECT automatable || ' ' || total_impact || ' ' || severity || ' ' || score || ' ' || rated_by
                  FROM cve_record WHERE name = 'CVE-2024-50602'
                """).query(String.class).single()))
                .isEqualTo("false false medium 5.9 CISA-ADP");
    }

    @Test
    void kev_and_epss_come_by_themselves_from_an_address_and_tell_how_they_stand() throws Exception {
        try (Feed feed = new Feed();
                AnnotationConfigApplicationContext own = own(feed)) {
            OwnFeeds feeds = own.getBean(OwnFeeds.class);
            AdvisoryLibrary library = own.getBean(AdvisoryLibrary.class);
            int all = library.current().scores().size(); // a list of fewer than half is taken for one cut short
            feed.serve("kev", kev(TODAY, "CVE-2099-40003"));
            feed.serve("epss", gzip(epss(TODAY, all)));
            fetch(feeds);
            assertThat(library.current().scores().kev("CVE-2099-40003")).isNotNull();
            assertThat(library.current().scores().epss("CVE-2099-1001")).isNotNull();
            Browser admin = admin();
            assertThat(admin.text("/admin/sources"))
                    .containsPattern("Known exploited \\(KEV\\) .{0,60} on " + Words.date(TODAY))
                    .doesNotContain("went wrong");

            String here = library.current().stamp();
            Map<String, byte[]> broken = Map.of(
                    "is a web page",
                    "<!doctype html><p>Sign in to the proxy".getBytes(StandardCharsets.UTF_8),
                    "older than that of " + TODAY,
                    kev(TODAY.minusDays(1), "CVE-2099-40004"),
                    "is no KEV catalogue",
                    "{}".getBytes(StandardCharsets.UTF_8),
                    "(line ",
                    Arrays.copyOf(kev(TODAY, "CVE-2099-40004"), 150),
                    "larger than 50 MB",
                    new byte[50_000_001]);
            for (Map.Entry<String, byte[]> one : broken.entrySet()) {
                feed.serve("kev", one.getValue());
                fetch(feeds);
                assertThat(error("kev")).contains(one.getKey()).doesNotContain("\n");
            }
            feed.serve("kev", kev(TODAY, "CVE-2099-40004"));
            feed.stopHalfWay = true;
            fetch(feeds);
            assertThat(error("kev")).startsWith("The address could not be fetched whole");
            feed.stopHalfWay = false;
            feed.status = 302;
            fetch(feeds);
            assertThat(error("kev")).contains("answered 302, a redirect");
            assertThat(library.current().stamp()).isEqualTo(here);
            feed.status = 200;

            feed.serve("epss", Arrays.copyOf(gzip(epss(TODAY, all)), 400));
            fetch(feeds);
            assertThat(error("epss")).contains("damaged gzip");
            feed.serve("epss", epss(TODAY, all / 3)); // cut short where a line ends
            fetch(feeds);
            assertThat(error("epss")).contains("fewer than half of the ");

            assertThat(library.current().scores().epss("CVE-2099-1001")).isNotNull();
            assertThat(library.current().stamp()).isNotEqualTo(here); // by KEV, of the same day and length
            assertThat(admin.text("/admin/sources"))
                    .contains("Exploit prediction (EPSS): the fetch of", "What was here before is still in use.");
            assertThat(admin.text("/today")).contains("The last fetch failed: Exploit prediction (EPSS)");

            feed.serve("epss", gzip(epss(TODAY, all)));
            fetch(feeds);
            assertThat(error("epss")).isEqualTo("null");
        }
    }

    @Test
    void records_of_the_cve_program_come_from_a_folder() throws Exception {
        Path cves = Files.createDirectories(folder.resolve("cves/2099"));
        Files.writeString(cves.resolve("CVE-2099-40005.json"), record().replace(CVE, "CVE-2099-40005"));
        Files.writeString(cves.resolve("delta.json"), "not a record, and not looked at");
        try (AnnotationConfigApplicationContext own =
                another(Map.of("reeve.cve.url", folder.resolve("cves").toUri().toString()))) {
            fetch(own.getBean(OwnFeeds.class));
        }
        assertThat(stored("CVE-2099-40005")).isEqualTo(1);
        assertThat(admin().text("/admin/sources")).contains("CVE records, with CISA's facts");
    }

    /// As the job does when a day has passed.
    private void fetch(OwnFeeds feeds) {
        given.inJob(() -> jdbc.sql("UPDATE feed SET checked_at = checked_at - interval '24 hours'")
                .update());
        feeds.whenDue();
    }

    private AnnotationConfigApplicationContext own(Feed feed) {
        return another(Map.of("reeve.kev.url", feed.address("kev"), "reeve.epss.url", feed.address("epss")));
    }

    /// The same register with other settings, and with advisories and scores of its own.
    private AnnotationConfigApplicationContext another(Map<String, Object> settings) {
        AnnotationConfigApplicationContext own = new AnnotationConfigApplicationContext();
        own.setParent(here);
        own.getEnvironment().getPropertySources().addFirst(new MapPropertySource("feeds", settings));
        own.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "data", Map.of("reeve.data", folder.resolve("own").toString())));
        own.register(AdvisoryLibrary.class, Advisories.class, Editions.class, OwnFeeds.class);
        own.refresh();
        return own;
    }

    private Browser admin() {
        return new Browser(port).signIn(given.account(Asker.Kind.ADMINISTRATOR), Given.PASSWORD);
    }

    private static String record() throws IOException {
        try (InputStream in = FeedsTest.class.getResourceAsStream("/cve/" + CVE + ".json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String said(Browser admin, String record) {
        admin.upload(
                "/admin/sources",
                admin.token("/admin/sources"),
                "file",
                "record.json",
                record.getBytes(StandardCharsets.UTF_8));
        return admin.text("/admin/sources");
    }

    private static String refused(Browser admin, String name, byte[] content) {
        return admin.upload("/admin/sources", admin.token("/admin/sources"), "file", name, content)
                .body();
    }

    private String facts() {
        return given.inJob(
                () -> jdbc.sql("""
                SELECT concat_ws(' ', automatable::text, total_impact::text, coalesce(kev_added::text, 'null'), severity, score, rated_by)
                  FROM vulnerability WHERE name = :name
                """).param("name", CVE).query(String.class).single());
    }

    private int stored(String name) {
        return given.inJob(() -> jdbc.sql("SELECT count(*)::int FROM cve_record WHERE name = :name")
                .param("name", name)
                .query(Integer.class)
                .single());
    }

    private String error(String feed) {
        return given.inJob(() -> jdbc.sql("SELECT coalesce(last_error, 'null') FROM feed WHERE name = :name")
                .param("name", feed)
                .query(String.class)
                .single());
    }

    private static byte[] kev(LocalDate day, String cve) {
        String entry = """
                 {"cveID": "%s", "vendorProject": "Invented", "product": "Invented", "dateAdded": "%s",
                  "dueDate": "%s", "knownRansomwareCampaignUse": "Unknown"}\
                """;
        StringBuilder text = new StringBuilder("""
                {"title": "CISA Catalog of Known Exploited Vulnerabilities", "catalogVersion": "%s",
                 "dateReleased": "%sT10:00:00.0000Z", "count": 1, "vulnerabilities": [
                """.formatted(day, day)).append(entry.formatted(cve, day, day));
        for (int i = 0; i < 2_000; i++) { // as many as there are
            text.append(",\n").append(entry.formatted("CVE-2098-" + (10_000 + i), day, day));
        }
        return text.append("]}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] epss(LocalDate day, int rows) {
        StringBuilder text = new StringBuilder("#model_version:v2025.03.14,score_date:" + day + "T00:00:00+0000\n");
        text.append("cve,epss,percentile\n");
        for (int i = 0; i < rows; i++) {
            text.append("CVE-2099-").append(1000 + i).append(",0.5,0.9\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    /// @param files name, content, name, content …
    private static byte[] zip(String... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("README.md"));
            for (int i = 0; i < files.length; i += 2) {
                zip.putNextEntry(new ZipEntry("cves/CVE-2099-" + files[i] + ".json"));
                zip.write(files[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /// Where the feeds come from.
    private static final class Feed implements AutoCloseable {

        private final HttpServer server;
        volatile boolean stopHalfWay;
        volatile int status = 200;

        Feed() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.start();
        }

        String address(String name) {
            return "http://" + server.getAddress().getHostString() + ":"
                    + server.getAddress().getPort() + "/" + name;
        }

        void serve(String name, byte[] content) {
            try {
                server.removeContext("/" + name);
            } catch (IllegalArgumentException e) {
                // the first time
            }
            server.createContext("/" + name, exchange -> {
                exchange.sendResponseHeaders(status, content.length);
                exchange.getResponseBody().write(content, 0, stopHalfWay ? content.length / 2 : content.length);
                exchange.close();
            });
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
