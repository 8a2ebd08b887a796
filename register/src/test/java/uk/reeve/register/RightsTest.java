package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;

/// Every endpoint, as everyone: generated from what is there, so that a new one cannot be forgotten.
@RegisterTest
class RightsTest {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @LocalServerPort
    int port;

    @Test
    void each_endpoint_says_who_may_call_it() {
        List<String> silent = new ArrayList<>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            if (ours(method) && method.getMethodAnnotation(Allowed.class) == null) {
                silent.add(info + " " + method);
            }
        });
        assertThat(silent).isEmpty();
    }

    @Test
    void each_endpoint_answers_only_those_whom_it_is_for() {
        Browser stranger = new Browser(port);
        Map<Asker.Kind, Browser> people = new EnumMap<>(Asker.Kind.class);
        for (Asker.Kind kind : Asker.Kind.values()) {
            String email = given.account(kind);
            people.put(kind, new Browser(port).signIn(email, Given.PASSWORD));
        }
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
                mappings.getHandlerMethods().entrySet()) {
            Allowed allowed = entry.getValue().getMethodAnnotation(Allowed.class);
            boolean get = entry.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET);
            if (!ours(entry.getValue()) || allowed == null || !get) {
                continue;
            }
            for (String pattern : new TreeSet<>(entry.getKey().getPatternValues())) {
                String path = pattern.replaceAll("\\{[^}]+}", "nothing-here").replace("**", "nothing");
                int status = stranger.get(path).statusCode();
                boolean in = status != 302 && status != 401;
                if (in != allowed.anyone() && !path.equals("/")) {
                    wrong.add("signed out, " + path + ": " + status);
                }
                for (Map.Entry<Asker.Kind, Browser> person : people.entrySet()) {
                    boolean meant = allowed.anyone()
                            || allowed.to().length == 0
                            || List.of(allowed.to()).contains(person.getKey());
                    int answered = person.getValue().get(path).statusCode();
                    tried++;
                    boolean refused = answered == 404 || answered == 403 || answered == 401;
                    if (path.equals("/set-up")) { // gone once the register has people
                        meant = false;
                    }
                    boolean hasId = pattern.contains("{") || pattern.contains("*");
                    if (answered >= 500 || !meant && !refused || meant && refused && !hasId) {
                        wrong.add(person.getKey() + ", " + path + ": " + answered);
                    }
                }
            }
        }
        System.out.println("Rights: " + tried + " calls tried");
        assertThat(wrong).isEmpty();
    }

    /// Who tries, and as what the gate must know them.
    ///
    /// @param kind null: signed out
    /// @param headers by which they come
    private record Who(String name, Asker.@Nullable Kind kind, Set<Asker.Role> roles, Map<String, String> headers) {

        /// The status that an endpoint's line means for them.
        int expected(Endpoint endpoint) {
            Allowed allowed = endpoint.allowed();
            boolean api = endpoint.path().startsWith("/api/");
            boolean keyOnPage = !api && headers.containsKey("Authorization"); // opens nothing there, as if signed out
            boolean oneClick = endpoint.path().startsWith("/unsubscribe/"); // pressed by a mail program (RFC 8058)
            if (keyOnPage && !endpoint.method().equals("GET") && !oneClick) {
                return 403; // without a form's token
            }
            if (allowed.anyone()) {
                return BeyondTheGate.PASSED.value();
            }
            if (kind == null || keyOnPage) {
                return api ? 401 : 302;
            }
            if (allowed.to().length > 0 && !List.of(allowed.to()).contains(kind)) {
                return 404;
            }
            boolean may = allowed.role() == Asker.Role.READER || roles.contains(allowed.role());
            return may ? BeyondTheGate.PASSED.value() : 403;
        }
    }

    private record Endpoint(String method, String path, Allowed allowed) {}

    /// RULINGS 23.
    @Test
    void each_endpoint_is_for_the_roles_that_its_line_names() {
        long start = System.nanoTime();
        List<Endpoint> endpoints = endpoints();
        List<Who> everyone = everyone();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        everyone.parallelStream().forEach(who -> {
            Script script = Script.with(port, who.headers());
            for (Endpoint endpoint : endpoints) {
                int status = script.send(endpoint.method(), endpoint.path(), "", BeyondTheGate.HEADER, "yes")
                        .statusCode();
                int expected = who.expected(endpoint);
                if (status != expected) {
                    wrong.add(who.name() + ", " + endpoint.method() + " " + endpoint.path() + ": " + status + ", not "
                            + expected);
                }
            }
        });
        System.out.println("Rights by role: " + everyone.size() + " callers, " + endpoints.size() + " endpoints, "
                + (System.nanoTime() - start) / 1_000_000 + " ms");
        assertThat(endpoints).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }

    private List<Endpoint> endpoints() {
        List<Endpoint> endpoints = new ArrayList<>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            Allowed allowed = method.getMethodAnnotation(Allowed.class);
            for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
                for (String pattern : ours(method) && allowed != null ? info.getPatternValues() : Set.<String>of()) {
                    String query = info.getParamsCondition().getExpressions().stream()
                            .map(parameter -> parameter.getName() + "=" + parameter.getValue())
                            .collect(Collectors.joining("&"));
                    endpoints.add(new Endpoint(
                            verb.name(),
                            pattern.replaceAll("\\{[^}]+}", "nothing-here").replace("**", "nothing")
                                    + (query.isEmpty() ? "" : "?" + query),
                            allowed));
                }
            }
        });
        return endpoints;
    }

    /// Signed out; each role of each kind; a key of each scope; somebody of two organisations, for each of them.
    private List<Who> everyone() {
        List<Who> everyone = new ArrayList<>();
        everyone.add(new Who("signed out", null, Set.of(), headers(new Browser(port), "/sign-in")));
        for (Asker.Kind kind : Asker.Kind.values()) {
            for (Asker.Role role : Asker.Role.values()) {
                if (role != Asker.Role.CURATOR || kind == Asker.Kind.COORDINATOR) {
                    Browser browser = browser(in(kind, role));
                    everyone.add(new Who(kind + ", " + role, kind, Set.of(role), headers(browser, "/account")));
                }
            }
        }
        for (Asker.Kind kind : List.of(Asker.Kind.COUNCIL, Asker.Kind.SUPPLIER)) {
            Browser browser = browser(given.someoneOf(kind, "Keys (invented)"));
            everyone.add(key(kind, browser, "read", Set.of(Asker.Role.READER)));
            everyone.add(key(kind, browser, "publish", Set.of(Asker.Role.READER, Asker.Role.EDITOR)));
        }
        Asker.Person both = in(Asker.Kind.COUNCIL, Asker.Role.READER);
        Asker.Person other = in(Asker.Kind.SUPPLIER, Asker.Role.EDITOR);
        role(both.person(), other.organisation(), Asker.Role.EDITOR);
        for (Asker.Person seat : List.of(both, other)) {
            Browser browser = browser(both);
            String act = "/account/acting-for";
            browser.post(
                    act, browser.token(act), "organisation", seat.organisation().toString());
            Asker.Role role = seat.equals(both) ? Asker.Role.READER : Asker.Role.EDITOR;
            everyone.add(
                    new Who("of two, for the " + seat.kind(), seat.kind(), Set.of(role), headers(browser, "/account")));
        }
        return everyone;
    }

    private Who key(Asker.Kind kind, Browser maker, String scope, Set<Asker.Role> roles) {
        return new Who(
                "key of a " + kind + ", " + scope,
                kind,
                roles,
                Script.of(port, maker, scope).headers());
    }

    private Browser browser(Asker.Person person) {
        return new Browser(port).signIn(given.account(person), Given.PASSWORD);
    }

    private static Map<String, String> headers(Browser browser, String page) {
        String token = browser.token(page);
        return Map.of("Cookie", browser.cookie(), "X-CSRF-TOKEN", token);
    }

    /// Somebody in that role only.
    private Asker.Person in(Asker.Kind kind, Asker.Role role) {
        Asker.Person person = given.someoneOf(kind, "One role (invented)");
        given.inJob(() -> jdbc.sql("DELETE FROM membership WHERE person_id = :person")
                .param("person", person.person())
                .update());
        role(person.person(), person.organisation(), role);
        return person;
    }

    private void role(UUID person, UUID organisation, Asker.Role role) {
        given.inJob(() -> jdbc.sql(
                        "INSERT INTO membership (person_id, organisation_id, role) VALUES (:person, :organisation, :role)")
                .param("person", person)
                .param("organisation", organisation)
                .param("role", role.name().toLowerCase(Locale.ROOT))
                .update());
    }

    /// Each table is either guarded by row security, or stands here as shared fact with nobody's in it.
    @Test
    void each_table_is_guarded_or_shared_by_decision() {
        List<String> open = given.inJob(() -> jdbc.sql("""
                SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = 'public' AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)
                 ORDER BY relname
                """).query(String.class).list());
        assertThat(open)
                .containsExactly(
                        "advisory",
                        "component",
                        "component_finding",
                        "component_graph",
                        "component_set",
                        "cve_record",
                        "edition",
                        "edition_source",
                        "feed",
                        "flyway_schema_history",
                        "scheduled_tasks",
                        "service_area",
                        "set_finding",
                        "vulnerability",
                        "vulnerability_name");
    }

    /// A function that sees more than who calls it: only counts, as a role that cannot write, or is named here.
    @Test
    void each_function_that_sees_more_than_who_calls_it_is_narrow() {
        List<String> wide = given.inJob(() -> jdbc.sql("""
                SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                 WHERE n.nspname = 'public' AND prosecdef
                   AND (pg_get_userbyid(proowner) <> 'reeve_counter' OR proconfig IS NULL
                        OR NOT 'search_path=public, pg_temp' = ANY (proconfig)
                        OR has_function_privilege('reeve_migrator', p.oid, 'EXECUTE'))
                 ORDER BY proname
                """).query(String.class).list());
        assertThat(wide)
                .containsExactly("merge_product", "merge_release", "take_names"); // write, for the coordinator only
        assertThat(given.inJob(() -> jdbc.sql("""
                        SELECT table_name FROM information_schema.role_table_grants
                         WHERE grantee = 'reeve_counter' AND privilege_type <> 'SELECT'
                        """).query(String.class).list())).isEmpty();
    }

    private static boolean ours(HandlerMethod method) {
        return method.getBeanType().getName().startsWith("uk.reeve.");
    }
}
