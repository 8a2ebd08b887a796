package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import uk.reeve.register.audience.Asker;

/// What no browser sends: the sender's fault, told as such, without a trace in the log.
@RegisterTest
@ExtendWith(OutputCaptureExtension.class)
class BrokenRequestsTest {

    @Autowired
    Given given;

    @LocalServerPort
    int port;

    @Test
    void broken_escapes_are_the_senders_fault(CapturedOutput output) throws IOException {
        for (String path : List.of(
                "/products?q=%",
                "/sign-in?organisation=%", "/livez?x=%", "/api/v1/products?q=%ff", "/who-is-exposed?q=%c3")) {
            assertThat(status(path)).as(path).isIn(200, 400);
        }
        assertThat(output.getAll()).doesNotContain("InvalidParameterException");
    }

    @Test
    void a_nul_is_the_senders_fault(CapturedOutput output) {
        Browser council = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        for (String path : List.of(
                "/products?q=%00",
                "/systems?q=%00", "/api/v1/systems?after=%00", "/who-is-exposed?q=pkg:npm/%2500@1")) {
            assertThat(council.get(path).statusCode()).as(path).isIn(200, 400, 404);
        }
        assertThat(council.post("/sign-in", council.token("/sign-in"), "email", "a\0@b.example", "password", "x\0")
                        .statusCode())
                .isIn(200, 400);
        assertThat(council.post("/organisation/keys", council.token("/account"), "name", "a\0b", "scope", "read")
                        .statusCode())
                .isIn(200, 400);
        assertThat(output.getAll()).doesNotContain(" failed\n");
    }

    @Test
    void the_same_sent_eight_times_at_once_is_no_fault() throws Exception {
        Browser council = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        String token = council.token("/systems/new");
        String draft = council.post("/systems/new", token, "list", "Parish Rates 3")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        List<Integer> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<java.util.concurrent.Future<Integer>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(threads.submit(
                        () -> council.post(draft, token, "row-1", "add").statusCode()));
            }
            for (var one : sent) {
                answers.add(one.get());
            }
        }
        assertThat(answers).allMatch(status -> status < 500);
    }

    @Test
    void a_nul_in_the_name_of_a_file_is_the_senders_fault() throws IOException {
        String body =
                "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\0b\"\r\n\r\nx\r\n--part--\r\n";
        for (String path : List.of("/sign-in", "/recovery", "/api/v1/systems")) {
            assertThat(answer("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Content-Type: multipart/form-data; boundary=part\r\nContent-Length: " + body.length()
                            + "\r\n\r\n" + body))
                    .as(path)
                    .isBetween(400, 499);
        }
    }

    @Test
    void who_sends_slowly_keeps_nobody_waiting() throws Exception {
        Browser council = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        Script script = Script.of(port, council, "publish");
        String path = script.post("/api/v1/systems", "{\"name\": \"Slow\"}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String tag = script.get(path).headers().firstValue("ETag").orElseThrow();
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 25; i++) { // more than there are connections to the database
                Socket socket = new Socket("127.0.0.1", port);
                slow.add(socket);
                socket.getOutputStream()
                        .write(("PUT " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                                        + script.headers().get("Authorization")
                                        + "\r\nIf-Match: " + tag
                                        + "\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"name\":")
                                .getBytes(StandardCharsets.ISO_8859_1));
            }
            Thread.sleep(500);
            for (int i = 0; i < 5; i++) {
                assertThat(new Browser(port).get("/products").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void an_address_that_a_mail_server_could_read_as_another_is_refused() {
        Browser council = new Browser(port).signIn(given.account(Asker.Kind.COUNCIL), Given.PASSWORD);
        String page = "/organisation/people";
        for (String email : List.of(
                "to\u016d@bank.example",
                "postmaster,evil@attacker.example",
                "g:evil@attacker.example;",
                "a(comment)@b.example",
                "\u4e0d\u4e0a@b.example",
                "a@b.c" + "d".repeat(300),
                "a@b",
                "a@-b.example")) {
            assertThat(council.post(page, council.token(page), "email", email, "roles", "reader")
                            .body())
                    .as(email)
                    .contains("Enter an email address");
        }
        assertThat(council.post(page, council.token(page), "email", "o'brien+x@a-b.gov.uk", "roles", "reader")
                        .statusCode())
                .isEqualTo(303);
        assertThat(council.post(page, council.token(page), "email", "O'Brien+x@a-b.gov.uk", "roles", "editor")
                        .body())
                .contains("That address is invited already");
    }

    /// As a browser would not write it, so over a plain socket.
    private int status(String path) throws IOException {
        return answer("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private int answer(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            String head = new String(in.readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(head.substring(9));
        }
    }
}
