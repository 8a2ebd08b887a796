package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.estate.Systems;

/// Entity tags, writes that hold only for what was read, and calls that are sent again.
@RegisterTest
class ApiConditionsTest {

    private static final String SYSTEMS = "/api/v1/systems";

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaw;

    @Autowired
    Systems systems;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    private Asker.Person council;
    private Script script;

    @BeforeEach
    void key() {
        council = given.someoneOf(Asker.Kind.COUNCIL, "Careful council (invented)");
        script = script(council);
    }

    @Test
    void who_has_it_already_is_not_sent_it_again() {
        String path = add("Rates");
        for (String read : List.of(path, SYSTEMS, SYSTEMS + "?format=csv", "/api/v1/openapi")) {
            HttpResponse<String> first = script.get(read);
            String tag = tag(first);
            HttpResponse<String> again = script.get(read, "If-None-Match", tag);
            assertThat(again.statusCode()).as(read).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            assertThat(tag(again)).isEqualTo(tag);
        }
        String list = tag(script.get(SYSTEMS));
        script.put(path, "{\"name\": \"Rates and rents\"}");
        assertThat(script.get(SYSTEMS, "If-None-Match", list).statusCode()).isEqualTo(200);
        assertThat(script.get(SYSTEMS + "/S-ZZZZZZZ").headers().firstValue("ETag"))
                .isEmpty();
    }

    @Test
    void what_changed_since_it_was_read_is_not_overwritten() {
        String path = add("Rates");
        String read = tag(script.get(path));
        String ref = path.substring(path.lastIndexOf('/') + 1);
        Asking.as(council, () -> {
            systems.change(ref, new Systems.Changed("By page", "", "own", "network", "none", ""));
            return ref;
        });

        HttpResponse<String> late = script.put(path, "{\"name\": \"By script\"}", "If-Match", read);
        assertThat(late.statusCode()).as(late.body()).isEqualTo(412);
        assertThat(late.body()).contains("Someone changed it meanwhile");
        assertThat(script.get(path).body()).contains("By page");

        String now = tag(script.get(path));
        assertThat(script.put(path, "{\"name\": \" \"}", "If-Match", now).statusCode())
                .isEqualTo(422);
        assertThat(script.put(path, "{\"name\": \"By script\"}", "If-Match", now)
                        .statusCode())
                .isEqualTo(200);
        assertThat(script.get(path).body()).contains("By script");
        // a system's release is part of the system
        assertThat(script.put(path + "/release", "{}", "If-Match", read).statusCode())
                .isEqualTo(412);
        assertThat(script.put(path + "/release", "{}", "If-Match", tag(script.get(path)))
                        .statusCode())
                .isEqualTo(422);
        assertThat(script.put(path, "{\"name\": \"Any\"}", "If-Match", "*").statusCode())
                .isEqualTo(200);
        assertThat(script.put(SYSTEMS + "/S-ZZZZZZZ", "{\"name\": \"A\"}", "If-Match", now)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void of_many_who_write_what_they_read_one_succeeds() throws Exception {
        String path = add("Rates");
        String read = tag(script.get(path));
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                String name = "{\"name\": \"Number " + i + "\"}";
                answers.add(many.submit(
                        () -> script.put(path, name, "If-Match", read).statusCode()));
            }
        }
        List<Integer> told = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            told.add(answer.get());
        }
        assertThat(told).containsOnlyOnce(200).allMatch(status -> List.of(200, 409, 412)
                .contains(status));
    }

    @Test
    void of_many_who_decide_on_what_they_read_one_succeeds_though_each_call_has_a_key() throws Exception {
        GivenFlaw.Scene scene = flaw.scene();
        String ref = flaw.run(scene, "Rates", "internet");
        String path = "/api/v1/exposures/" + flaw.advise(scene, GivenFlaw.WORST) + "/decisions";
        Script own = script(scene.council());
        String body = """
                {"systems": ["%s"], "kind": "not-us", "justification": "component_not_present"}""".formatted(ref);
        assertThat(own.post(path, body).statusCode()).isEqualTo(201);
        String read = tag(own.get(path));
        List<Future<Integer>> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                String key = "call-" + i;
                answers.add(many.submit(() -> own.post(path, body, "If-Match", read, "Idempotency-Key", key)
                        .statusCode()));
            }
        }
        List<Integer> told = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            told.add(answer.get());
        }
        assertThat(told).containsOnlyOnce(201).isSubsetOf(201, 409, 412);
    }

    @Test
    void a_call_that_is_sent_again_is_done_once() throws Exception {
        String sent = "{\"name\": \"Once\", \"exposure\": \"internet\"}";
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                answers.add(many.submit(() -> script.post(SYSTEMS, sent, "Idempotency-Key", "night-1")));
            }
        }
        HttpResponse<String> first = answers.getFirst().get();
        assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().body()).isEqualTo(first.body());
            for (String header : List.of("Location", "Content-Type")) {
                assertThat(answer.get().headers().firstValue(header))
                        .isEqualTo(first.headers().firstValue(header));
            }
        }
        assertThat(count()).isEqualTo(1);

        HttpResponse<String> other = script.post(SYSTEMS, "{\"name\": \"Twice\"}", "Idempotency-Key", "night-1");
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("came with something else before");
        assertThat(script.post(SYSTEMS, sent, "Idempotency-Key", "night-2").statusCode())
                .isEqualTo(201);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_key_for_a_call_is_its_organisations_own_and_a_refusal_is_not_kept() {
        String sent = "{\"name\": \"Once\"}";
        String path = location(script.post(SYSTEMS, sent, "Idempotency-Key", "one"));
        Script other = script(given.someoneOf(Asker.Kind.COUNCIL, "Other council (invented)"));
        assertThat(location(other.post(SYSTEMS, sent, "Idempotency-Key", "one")))
                .isNotEqualTo(path);
        Script reader = Script.of(port, browser(council), "read");
        assertThat(reader.post(SYSTEMS, sent, "Idempotency-Key", "one").statusCode())
                .isEqualTo(403);

        assertThat(script.post(SYSTEMS, "{}", "Idempotency-Key", "two").statusCode())
                .isEqualTo(422);
        assertThat(script.post(SYSTEMS, sent, "Idempotency-Key", "two").statusCode())
                .isEqualTo(201);
        assertThat(script.post(SYSTEMS, sent, "Idempotency-Key", "with blank").statusCode())
                .isEqualTo(400);
        assertThat(script.post(SYSTEMS, "a".repeat(2 << 20), "Idempotency-Key", "three")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void after_a_day_an_answer_is_forgotten() {
        String sent = "{\"name\": \"Daily\"}";
        String path = location(script.post(SYSTEMS, sent, "Idempotency-Key", "daily"));
        given.inJob(() -> jdbc.sql(
                        "UPDATE api_answer SET answered_at = now() - interval '25 hours' WHERE organisation_id = :id")
                .param("id", council.organisation())
                .update());
        given.inJob(() -> {
            forget.work().run();
            return 0;
        });
        assertThat(location(script.post(SYSTEMS, sent, "Idempotency-Key", "daily")))
                .isNotEqualTo(path);
    }

    @Autowired
    @org.springframework.beans.factory.annotation.Qualifier("forgetAnswers")
    uk.reeve.register.jobs.Job forget;

    private int count() {
        return Asking.as(council, systems::count);
    }

    private String add(String name) {
        return location(script.post(SYSTEMS, "{\"name\": \"" + name + "\"}"));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow(() -> new AssertionError(answer.body()));
    }

    private Script script(Asker.Person person) {
        return Script.of(port, browser(person), "publish");
    }

    private Browser browser(Asker.Person person) {
        return new Browser(port).signIn(given.account(person), Given.PASSWORD);
    }
}
