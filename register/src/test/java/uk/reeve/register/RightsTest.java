package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
                        "graph_path",
                        "scheduled_tasks",
                        "service_area",
                        "set_component",
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
