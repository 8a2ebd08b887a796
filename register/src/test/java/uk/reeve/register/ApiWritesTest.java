package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.estate.Systems;

/// What scripts write by key, and what they are told where they are wrong.
@RegisterTest
class ApiWritesTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaw;

    @Autowired
    Systems systems;

    @Autowired
    JsonMapper json;

    @LocalServerPort
    int port;

    private Script supplier;
    private Script council;
    private final String mark = UUID.randomUUID().toString().replaceAll("[^a-f]", "x");

    @BeforeEach
    void keys() {
        supplier = script(given.someoneOf(Asker.Kind.SUPPLIER, "Scripted supplier (invented)"), "publish");
        council = script(given.someoneOf(Asker.Kind.COUNCIL, "Scripted council (invented)"), "publish");
    }

    @Test
    void a_supplier_adds_changes_and_publishes_a_product_and_its_releases() {
        HttpResponse<String> added = supplier.post("/api/v1/products", """
                {"name": "Script %s", "description": "Keeps scripts"}""".formatted(mark));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        String product = added.headers().firstValue("Location").orElseThrow();
        assertThat(council.get(product).statusCode()).isEqualTo(404); // a draft

        assertThat(supplier.put(product, "{\"name\": \"Scripts %s\"}".formatted(mark))
                        .body())
                .contains("Scripts " + mark)
                .doesNotContain("Keeps scripts");
        HttpResponse<String> release = supplier.post(product + "/releases", """
                {"version": "1.0", "releasedOn": "2026-03-01", "supportEndsOn": "2031-05-12"}""");
        assertThat(release.statusCode()).as(release.body()).isEqualTo(201);
        String path = release.headers().firstValue("Location").orElseThrow();
        assertThat(supplier.post(path + "/publication", "").statusCode()).isEqualTo(422); // the product first
        assertThat(supplier.post(product + "/publication", "").statusCode()).isEqualTo(200);
        JsonNode seen = json.readTree(council.get(path).body()).path("release");
        assertThat(seen.path("supportEndsOn").asString()).isEqualTo("2031-05-12");
        assertThat(seen.path("published").asBoolean()).isTrue();

        HttpResponse<String> over = supplier.put(path, "{\"releasedOn\": \"2026-03-02\", \"supportOver\": true}");
        assertThat(over.statusCode()).as(over.body()).isEqualTo(200);
        seen = json.readTree(council.get(path).body()).path("release");
        assertThat(seen.path("releasedOn").asString()).isEqualTo("2026-03-02");
        assertThat(seen.path("supportEndsOn").isNull()).isTrue();
        assertThat(seen.path("supportOver").asBoolean()).isTrue();

        String next = supplier.post(product + "/releases", "{\"version\": \"2.0\"}")
                .headers()
                .firstValue("Location")
                .orElseThrow();
        assertThat(council.get(next).statusCode()).isEqualTo(404);
        assertThat(supplier.post(next + "/publication", "").statusCode()).isEqualTo(200);
        assertThat(council.get(next).statusCode()).isEqualTo(200);

        Script other = script(given.someoneOf(Asker.Kind.SUPPLIER, "Other supplier (invented)"), "publish");
        assertThat(other.put(path, "{}").statusCode()).isEqualTo(404);
        assertThat(other.put(product, "{\"name\": \"Mine\"}").statusCode()).isEqualTo(404);
        assertThat(other.post(product + "/releases", "{\"version\": \"3\"}").statusCode())
                .isEqualTo(404);
        assertThat(council.put(path, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void a_close_name_is_asked_about_and_a_council_lists_what_is_missing() {
        String named = "{\"name\": \"Parish Scripts %s\"%s}";
        assertThat(council.post("/api/v1/products", named.formatted(mark, "")).statusCode())
                .isEqualTo(201);
        HttpResponse<String> close = council.post("/api/v1/products", named.formatted(mark, ""));
        assertThat(errors(close)).containsOnlyKeys("#/name");
        assertThat(close.body()).contains("Parish Scripts " + mark, "send sure as true");
        HttpResponse<String> sure = council.post("/api/v1/products", named.formatted(mark, ", \"sure\": true"));
        assertThat(sure.statusCode()).isEqualTo(201);
        assertThat(json.readTree(sure.body()).path("product").path("listed").asBoolean())
                .isTrue();
        assertThat(errors(council.post("/api/v1/products", "{\"name\": \"A new\", \"description\": \"b\"}")))
                .containsOnlyKeys("#/description");
    }

    @Test
    void a_council_adds_changes_upgrades_and_retires_a_system() {
        GivenFlaw.Scene scene = flaw.scene();
        Script own = script(scene.council(), "publish");
        HttpResponse<String> added = own.post("/api/v1/systems", """
                {"name": "Revenues live", "product": "%s", "version": "1", "service": "Council tax",
                 "exposure": "internet", "personalData": "personal"}""".formatted(scene.product()));
        assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
        String path = added.headers().firstValue("Location").orElseThrow();
        JsonNode system = json.readTree(added.body());
        assertThat(system.path("releaseId").asString())
                .isEqualTo(scene.release().toString());
        assertThat(system.path("personalData").asString()).isEqualTo("personal");
        assertThat(system.path("hosting").asString()).isEqualTo("own");

        String changed = own.put(path, "{\"name\": \"Revenues\", \"owner\": \"Tax team\", \"hosting\": \"supplier\"}")
                .body();
        assertThat(json.readTree(changed).path("owner").asString()).isEqualTo("Tax team");
        assertThat(json.readTree(changed).path("service").isNull()).isTrue();
        assertThat(json.readTree(own.put(path + "/release", "{\"version\": \"2\"}")
                                .body())
                        .path("version")
                        .asString())
                .isEqualTo("2");

        assertThat(council.get(path).statusCode()).isEqualTo(404);
        for (HttpResponse<String> answer : List.of(
                council.put(path, "{\"name\": \"Mine\"}"),
                council.put(path + "/release", "{\"version\": \"9\"}"),
                council.post(path + "/retirement", ""))) {
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        assertThat(script(scene.council(), "read")
                        .post(path + "/retirement", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(own.get(path).statusCode()).isEqualTo(200);
        assertThat(own.post(path + "/retirement", "").statusCode()).isEqualTo(204);
        assertThat(own.get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void a_council_decides_for_systems_of_its_own_only() {
        GivenFlaw.Scene scene = flaw.scene();
        String ref = flaw.run(scene, "Rates", "internet");
        String name = flaw.advise(scene, GivenFlaw.WORST);
        String path = "/api/v1/exposures/" + name + "/decisions";
        Script own = script(scene.council(), "publish");
        LocalDate until = LocalDate.now().plusDays(20);

        HttpResponse<String> wrong = own.post(path, """
                {"systems": ["%s", "S-ZZZZZZZ"], "kind": "accept", "owner": "We"}""".formatted(ref));
        assertThat(errors(wrong)).containsOnlyKeys("#/systems", "#/owner", "#/until", "#/reason", "#/agreedBy");
        HttpResponse<String> done = own.post(path, """
                {"systems": ["%s"], "kind": "accept", "until": "%s", "reason": "Gone by then", "agreedBy": "Board"}""".formatted(ref, until));
        assertThat(done.statusCode()).as(done.body()).isEqualTo(201);
        JsonNode decision =
                json.readTree(own.get(path).body()).path("decisions").path(0);
        assertThat(decision.path("system").asString()).isEqualTo(ref);
        assertThat(decision.path("until").asString()).isEqualTo(until.toString());
        assertThat(own.post(path, """
                        {"systems": ["%s"], "kind": "not-us", "justification": "component_not_present"}""".formatted(ref)).statusCode()).isEqualTo(201);

        assertThat(errors(council.post(path, """
                {"systems": ["%s"], "kind": "fix", "until": "%s"}""".formatted(ref, until)))).containsOnlyKeys("#/systems");
        assertThat(council.get(path).body()).isEqualTo("{\"decisions\":[]}");
    }

    @Test
    void what_is_wrong_is_named_by_field_and_nothing_is_kept() {
        Asker.Person someone = given.someoneOf(Asker.Kind.COUNCIL, "Wrong council (invented)");
        Script own = script(someone, "publish");
        assertThat(errors(own.post("/api/v1/systems", """
                {"name": " ", "product": "nothing-here", "version": "1", "hosting": "moon"}"""))).containsOnlyKeys("#/name", "#/product", "#/hosting");
        HttpResponse<String> unknown = own.post("/api/v1/systems", "{\"name\": \"A\", \"ownr\": \"B\"}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(errors(unknown).get("#/ownr")).contains("no field ownr", "owner");
        HttpResponse<String> broken = own.post("/api/v1/systems", "{\n\"name\": }");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("line 2");
        assertThat(own.post("/api/v1/systems", "{\"name\": \"" + "a".repeat(2 << 20) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(Asking.as(someone, () -> systems.count())).isZero();

        HttpResponse<String> date = supplier.post(
                "/api/v1/products/nothing/releases", "{\"version\": \"1\", \"releasedOn\": \"1.3.2026\"}");
        assertThat(date.statusCode()).isEqualTo(400);
        assertThat(errors(date).get("#/releasedOn")).isEqualTo("Write releasedOn like 2027-03-27");
        assertThat(date.body() + unknown.body() + broken.body()).doesNotContain("uk.reeve", "jackson");
        assertThat(date.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    @Test
    void the_description_of_the_api_holds_each_write_and_what_it_reads() {
        JsonNode api = json.readTree(supplier.get("/api/v1/openapi").body());
        assertThat(api.path("openapi").asString()).isEqualTo("3.1.0");
        Map<String, String> bodies = Map.of(
                "post /api/v1/products", "NewProductSent",
                "put /api/v1/products/{product}", "ProductSent",
                "post /api/v1/products/{product}/releases", "NewReleaseSent",
                "put /api/v1/products/{product}/releases/{version}", "DatesSent",
                "post /api/v1/systems", "NewSystemSent",
                "put /api/v1/systems/{ref}", "SystemSent",
                "put /api/v1/systems/{ref}/release", "ReleaseSent",
                "post /api/v1/exposures/{name}/decisions", "DecisionSent");
        bodies.forEach((call, body) -> assertThat(operation(api, call)
                        .at("/requestBody/content/application~1json/schema/$ref")
                        .asString())
                .as(call)
                .isEqualTo("#/components/schemas/" + body));
        bodies.values().forEach(body -> assertThat(api.at("/components/schemas/" + body + "/properties"))
                .as(body)
                .isNotEmpty());
        for (String call : List.of(
                "post /api/v1/products/{product}/publication",
                "post /api/v1/products/{product}/releases/{version}/publication",
                "post /api/v1/systems/{ref}/retirement")) {
            assertThat(operation(api, call)).as(call).isNotEmpty();
        }
        assertThat(api.at("/components/schemas/DatesSent/properties/supportEndsOn/format")
                        .asString())
                .isEqualTo("date");
    }

    private static JsonNode operation(JsonNode api, String call) {
        String[] parts = call.split(" ");
        return api.path("paths").path(parts[1]).path(parts[0]);
    }

    /// What was wrong, by pointer.
    private Map<String, String> errors(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
        Map<String, String> errors = new java.util.TreeMap<>();
        json.readTree(answer.body())
                .path("errors")
                .forEach(error -> errors.put(
                        error.path("pointer").asString(), error.path("detail").asString()));
        return errors;
    }

    private Script script(Asker.Person person, String scope) {
        return Script.of(port, new Browser(port).signIn(given.account(person), Given.PASSWORD), scope);
    }
}
