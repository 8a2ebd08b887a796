package uk.reeve.engine.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateFaultsTest {

    private static final String OLD = "2026-01-01T00:00:00Z";
    private static final String NEW = "2026-02-01T00:00:00Z";
    private static final String PAGE = "<!DOCTYPE html>\n<html><body>Please log in</body></html>\n";

    @TempDir
    Path dir;

    private Bucket bucket;
    private AdvisoryStore store;

    @BeforeEach
    void serve() throws IOException {
        bucket = new Bucket();
        store = AdvisoryStore.open(dir.resolve("store"));
        for (int i = 1; i <= 3; i++) {
            bucket.put("npm", "GHSA-000" + i, OLD, "1." + i + ".0");
            bucket.put("PyPI", "PYSEC-000" + i, OLD, "1." + i + ".0");
        }
    }

    @AfterEach
    void stop() {
        bucket.close();
    }

    private AdvisoryStore.Change update(Feeds feeds) throws IOException {
        return store.update(feeds, Progress.SILENT, Map.of());
    }

    private AdvisoryStore.Change update() throws IOException {
        return update(bucket.feeds());
    }

    @Test
    void a_broken_connection_goes_on_where_it_broke() throws IOException {
        bucket.breaks("/osv/npm/all.zip", 1);

        assertThat(update().problems()).isEmpty();
        assertThat(bucket.asked()).anyMatch(line -> line.startsWith("npm/all.zip 206 from "));
        assertThat(store.index().advisoryCount()).isEqualTo(6);
    }

    @Test
    void what_an_update_could_not_finish_the_next_one_goes_on_with() throws IOException {
        bucket.breaks("/osv/npm/all.zip", 3);

        AdvisoryStore.Change first = update();
        assertThat(first.problems()).hasSize(1);
        assertThat(first.problems().getFirst()).contains("npm/all.zip", "the connection broke after");
        assertThat(store.index().advisoryCount()).isEqualTo(3);
        bucket.asked();

        assertThat(update().added()).isEqualTo(3);
        assertThat(bucket.asked().getFirst()).startsWith("PyPI/modified_id.csv 304");
        assertThat(store.index().advisoryCount()).isEqualTo(6);
    }

    @Test
    void a_file_that_changed_since_it_broke_off_is_fetched_from_the_start() throws IOException {
        bucket.breaks("/osv/npm/all.zip", 3);
        update();
        bucket.put("npm", "GHSA-0004", NEW, "2.0.0");
        bucket.asked();

        assertThat(update().added()).isEqualTo(4);
        assertThat(bucket.asked()).contains("npm/all.zip 200");
    }

    @Test
    void single_records_of_an_unfinished_update_are_not_fetched_again() throws IOException {
        update();
        bucket.put("npm", "GHSA-0004", NEW, "2.0.0").put("npm", "GHSA-0005", NEW, "2.0.0");
        bucket.status("/osv/npm/GHSA-0005.json", 404);

        AdvisoryStore.Change first = update();
        assertThat(first.added()).isEqualTo(1);
        assertThat(first.problems())
                .containsExactly("npm: 1 of 2 records could not be fetched; " + bucket.uri("/osv/npm/GHSA-0005.json")
                        + " answers with status 404 (not there)");
        bucket.asked();
        bucket.status("/osv/npm/GHSA-0005.json", 200);
        assertThat(update().added()).isEqualTo(1);
        assertThat(bucket.asked())
                .containsExactly("PyPI/modified_id.csv 304", "npm/GHSA-0005.json 200", "npm/modified_id.csv 304");
    }

    @Test
    void a_web_page_in_the_place_of_a_list_keeps_that_source_and_updates_the_others() throws IOException {
        update();
        bucket.put("PyPI", "PYSEC-0009", NEW, "2.0.0").file("/osv/npm/modified_id.csv", PAGE);

        AdvisoryStore.Change change = update();
        assertThat(change.problems())
                .containsExactly("npm: " + bucket.uri("/osv/npm/modified_id.csv")
                        + ": a web page came instead; a proxy or a log-in page may stand between");
        assertThat(List.of(change.added(), change.removed())).containsExactly(1, 0);
        assertThat(store.index().advisoryCount()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-01T00:00:00Z,GHSA-0002\n2026-01-01T00:0",
                "2026-01-01,GHSA-0001",
                "2026-01-01T00:00:00Z,..",
                "2026-01-01T00:00:00Z,a b",
                "GHSA-0001",
            })
    void a_list_with_a_bad_line_is_refused_whole(String list) throws IOException {
        update();
        bucket.file("/osv/npm/modified_id.csv", list);

        AdvisoryStore.Change change = update();
        String last = list.substring(list.indexOf('\n') + 1);
        assertThat(change.problems())
                .containsExactly(
                        "npm: " + bucket.uri("/osv/npm/modified_id.csv") + ": line " + (list.contains("\n") ? 2 : 1)
                                + " of the list of records is no time and id: \"" + last + "\"");
        assertThat(change.removed()).isZero();
    }

    @Test
    void an_empty_list_is_refused() throws IOException {
        update();
        bucket.file("/osv/npm/modified_id.csv", "");
        assertThat(update().problems().getFirst()).endsWith("the list of records is empty");
        assertThat(store.index().advisoryCount()).isEqualTo(6);
    }

    @Test
    void half_a_zip_and_no_zip_keep_what_was_there() throws IOException {
        bucket.file("/osv/npm/all.zip", PAGE);
        assertThat(update().problems().getFirst()).startsWith("npm: ").contains("a web page came instead");

        byte[] half = new byte[200];
        half[0] = 'P';
        half[1] = 'K';
        half[2] = 3;
        half[3] = 4;
        bucket.file("/osv/npm/all.zip", half);
        assertThat(update().problems().getFirst()).contains("is no zip, or only half of one");
        bucket.unfile("/osv/npm/all.zip");
        assertThat(update().added()).isEqualTo(3);
    }

    @Test
    void a_source_whose_list_failed_keeps_records_that_another_source_names_no_more() throws IOException {
        bucket.put("PyPI", "GHSA-0001", OLD, "1.1.0");
        update();
        String first =
                Objects.requireNonNull(store.index().advisory("GHSA-0001")).source();
        String other = first.equals("npm") ? "PyPI" : "npm";
        bucket.remove(first, "GHSA-0001").status("/osv/" + other + "/modified_id.csv", 403);

        AdvisoryStore.Change change = update();
        assertThat(change.problems())
                .containsExactly(
                        other + ": " + bucket.uri("/osv/" + other + "/modified_id.csv") + " answers with status 403");
        assertThat(change.removed()).isZero();
    }

    @Test
    void everything_down_keeps_the_old_index_and_says_so() throws IOException {
        update();
        String digest = store.index().digest();
        Feeds feeds = bucket.feedsWithScores();
        bucket.close();

        AdvisoryStore.Change change = update(feeds);
        assertThat(change.nothing()).isTrue();
        assertThat(change.problems()).hasSize(4);
        assertThat(change.problems().getFirst())
                .isEqualTo(feeds.base() + "/ecosystems.txt cannot be reached: nobody answers there");
        assertThat(change.problems().getLast()).isEqualTo("nothing could be fetched");
        assertThat(store.index().digest()).isEqualTo(digest);
    }

    @Test
    void nothing_at_all_is_said_where_there_are_no_advisories_yet() throws IOException {
        Feeds feeds = bucket.feeds();
        bucket.close();

        assertThat(update(feeds).problems().getLast()).isEqualTo("nothing could be fetched");
        assertThat(store.isEmpty()).isTrue();
    }

    @Test
    void a_server_that_falls_silent_in_the_middle_is_given_up() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = Thread.ofVirtual().start(() -> {
                while (!silent.isClosed()) {
                    try {
                        var socket = silent.accept();
                        socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf".getBytes());
                        socket.getOutputStream().flush();
                    } catch (IOException _) {
                        return;
                    }
                }
            });
            Feeds feeds = bucket.feeds()
                    .from(URI.create("http://127.0.0.1:" + silent.getLocalPort()), null, null)
                    .within(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(1));
            assertThat(update(feeds).problems().getFirst()).contains("the connection broke after 4 bytes");
            silent.close();
            server.join();
        }
    }

    @Test
    void bad_scores_keep_the_scores_that_were_there() throws IOException {
        bucket.file("/epss.csv", "cve,epss,percentile\nCVE-2026-1234,0.5,0.99\n");
        bucket.file(
                "/kev.json", "{\"vulnerabilities\": [{\"cveID\": \"CVE-2026-1234\", \"dateAdded\": \"2026-02-01\"}]}");
        update(bucket.feedsWithScores());
        bucket.file("/epss.csv", "cve,epss,percentile\nCVE-2026-1234,0.6,0.99\nCVE-20")
                .file("/kev.json", PAGE);

        AdvisoryStore.Change change = update(bucket.feedsWithScores());
        assertThat(change.problems()).hasSize(2);
        assertThat(change.problems().get(0)).startsWith("KEV: ").contains("a web page came instead");
        assertThat(change.problems().get(1)).startsWith("EPSS: ").contains("\"CVE-20\" is no EPSS row");
        assertThat(Objects.requireNonNull(store.scores().epss("CVE-2026-1234")).score())
                .isEqualTo(0.5);
        assertThat(store.scores().kev("CVE-2026-1234")).isNotNull();
    }

    @Test
    void five_redirects_are_followed_and_a_circle_is_not() throws IOException {
        for (int i = 0; i < 4; i++) {
            bucket.redirect("/osv/npm/hop" + i, "hop" + (i + 1));
        }
        bucket.redirect("/osv/npm/modified_id.csv", "hop0").redirect("/osv/npm/hop4", "/moved.csv");
        bucket.file("/moved.csv", OLD + ",GHSA-0001\n");
        assertThat(update(bucket.feeds().of(List.of("npm"))).problems().getFirst())
                .contains("redirects more than 5 times; refused");

        bucket.redirect("/osv/npm/hop3", "/moved.csv");
        assertThat(update(bucket.feeds().of(List.of("npm"))).added()).isEqualTo(1);
    }

    @Test
    void a_redirect_to_another_scheme_is_refused() throws IOException {
        bucket.redirect("/osv/npm/modified_id.csv", "file:///etc/passwd");
        assertThat(update().problems().getFirst())
                .contains("redirects to file:")
                .contains("; refused");
    }

    @Test
    void a_file_over_the_limit_is_refused() throws IOException {
        Feeds f = bucket.feeds().of(List.of("npm"));
        Feeds small =
                new Feeds(f.base(), null, null, f.ecosystems(), null, null, f.connect(), f.silence(), f.pause(), 100);
        bucket.file("/osv/npm/modified_id.csv", (OLD + ",GHSA-0001\n").repeat(10));
        assertThat(update(small).problems().getFirst()).contains("has more than 100 bytes; refused");
        assertThat(Files.exists(dir.resolve("store/update/npm/modified_id.csv.part")))
                .isFalse();
    }

    @Test
    void no_password_and_no_access_key_is_ever_shown() throws IOException {
        bucket.status("/osv/npm/modified_id.csv", 403);
        URI secret = URI.create(bucket.uri("/osv").toString().replace("://", "://me:hunter2@") + "?sig=hunter3");

        AdvisoryStore.Change change = update(bucket.feeds().from(secret, null, null));
        assertThat(change.added()).isEqualTo(3);
        assertThat(change.problems()).hasSize(1);
        assertThat(change.problems().toString()).doesNotContain("hunter");
        assertThat(store.index().sources().toString()).doesNotContain("hunter");
    }

    @Test
    void an_interrupted_update_leaves_what_was_there() throws Exception {
        update();
        bucket.put("npm", "GHSA-0004", NEW, "2.0.0");
        Progress interrupting = (_, _, _, _) -> Thread.currentThread().interrupt();
        assertThatThrownBy(() -> store.update(bucket.feeds(), interrupting, Map.of()))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(update().added()).isEqualTo(1);
    }

    @Test
    void a_proxy_is_used_and_told_its_password() throws IOException {
        try (Bucket proxy = new Bucket()) {
            proxy.put("npm", "GHSA-0001", OLD, "1.0.0");
            URI address = URI.create(
                    "http://me:secret@127.0.0.1:" + proxy.server.getAddress().getPort());
            Feeds feeds = bucket.feeds()
                    .from(URI.create("http://osv.invalid/osv"), null, null)
                    .through(address, null);
            assertThat(update(feeds).added()).isEqualTo(1);
            assertThat(proxy.asked()).contains("npm/all.zip 200");
        }
    }

    @Test
    void a_certificate_of_a_private_authority_counts_when_it_is_given() throws Exception {
        Path keys = dir.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=Own authority",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-ext",
                        "bc:c",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        Path pem = dir.resolve("own.pem");
        Files.writeString(
                pem,
                "Our own authority\n-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(store.getCertificate("own").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");

        try (Bucket https = new Bucket(server)) {
            https.put("npm", "GHSA-0001", OLD, "1.0.0");
            assertThat(update(https.feeds()).problems().getFirst()).contains("no trusted connection");
            assertThat(update(https.feeds().through(null, pem)).added()).isEqualTo(1);
            https.redirect(
                    "/osv/npm/modified_id.csv",
                    bucket.uri("/osv/npm/modified_id.csv").toString());
            assertThat(update(https.feeds().through(null, pem)).problems().getFirst())
                    .endsWith("; refused, since it would go on without encryption");
        }
        assertThatThrownBy(() -> update(bucket.feeds().through(null, dir.resolve("absent.pem"))))
                .hasMessage(dir.resolve("absent.pem") + ": is not there");
    }
}
