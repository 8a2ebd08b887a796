package uk.reeve.register.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.vex.Status;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.alert.FanOut;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Sboms;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Evaluation;
import uk.reeve.register.exposure.SectorCounts;
import uk.reeve.register.statement.Statements;

/// The invented sector of `demo/*.tsv`: put in once, by the people whose it is, as any of them would.
@Component
@OnlyInDemo
class DemoData implements ApplicationRunner {

    /// Comes out with the first press of the button.
    static final String FIRST = "CVE-2021-44228";

    /// Come out with the second: what was found in the fix, and in the fixes of that.
    static final Set<String> LATER = Set.of("CVE-2021-45046", "CVE-2021-45105", "CVE-2021-44832");

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int MOST_TRIES = 100;
    private static final String LAST = "coordinator"; // the last organisation's kind: where it is, all is

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final DatabaseAccess access;
    private final Products products;
    private final Sboms sboms;
    private final Systems systems;
    private final Statements statements;
    private final Vulnerabilities vulnerabilities;
    private final Evaluation evaluation;
    private final FanOut fanOut;
    private final SectorCounts counts;
    private final Stacks stacks;

    DemoData(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            DatabaseAccess access,
            Products products,
            Sboms sboms,
            Systems systems,
            Statements statements,
            Vulnerabilities vulnerabilities,
            Evaluation evaluation,
            FanOut fanOut,
            SectorCounts counts,
            JsonMapper json,
            @Value("${reeve.database.url:}") String external) {
        if (!external.isBlank()) {
            throw new IllegalStateException("the demonstration empties its database, and takes nobody else's");
        }
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.access = access;
        this.products = products;
        this.sboms = sboms;
        this.systems = systems;
        this.statements = statements;
        this.vulnerabilities = vulnerabilities;
        this.evaluation = evaluation;
        this.fanOut = fanOut;
        this.counts = counts;
        this.stacks = new Stacks(json);
    }

    /// Before the register says that it is ready.
    @Override
    public void run(ApplicationArguments ignored) {
        boolean there = inJob(() -> jdbc.sql("SELECT EXISTS (SELECT FROM organisation WHERE kind = :kind)")
                .param("kind", LAST)
                .query(Boolean.class)
                .single());
        if (!there) {
            reset(); // of a seeding that was broken off, nothing is left
        }
    }

    /// Empties the database and puts everything in anew: the same organisations, people, products and systems.
    synchronized void reset() {
        long start = System.nanoTime();
        empty();
        LinkedHashSet<String> held = new LinkedHashSet<>(LATER);
        held.add(FIRST);
        evaluation.holdBack(held);
        Map<String, Asker.Person> people = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        List<String[]> organisations = Rows.of("organisations");
        for (String[] row : organisations) {
            names.put(row[1], row[2]);
            if (!row[0].equals(LAST)) {
                people.put(row[1], inJob(() -> join(row)));
            }
        }
        catalogue(people, names);
        say(people);
        for (String[] row : Rows.of("systems")) {
            Asking.as(asker(people, row[0]), () -> run(row));
        }
        inJob(() -> {
            for (String[] row : Rows.of("people")) {
                person(row[0], row[1], row[2], row[3].split(","));
            }
            return organisations.stream()
                    .filter(row -> row[0].equals(LAST))
                    .map(this::join)
                    .toList();
        });
        counts.count();
        LOG.info("The demonstration's data took {} ms", (System.nanoTime() - start) / 1_000_000);
    }

    /// All but the schema's own tables; only who owns the tables can. The jobs' plan stays, and whoever has
    /// signed in: their ids come back. Jobs at work hold some tables and want others: this gives way to
    /// them sooner than the database would call it a deadlock, and tries again.
    private void empty() {
        try (Connection connection =
                        DriverManager.getConnection(access.url(), DatabaseAccess.MIGRATOR, access.migratorPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("SET ROLE reeve_owner");
            statement.execute("SET lock_timeout = '300ms'");
            for (int tries = 1; !emptied(statement, tries == MOST_TRIES); tries++) {
                LockSupport.parkNanos(100_000_000);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the demonstration's data cannot be emptied: " + e.getMessage(), e);
        }
    }

    /// @param last whether it is an error that somebody holds a table
    private static boolean emptied(Statement statement, boolean last) throws SQLException {
        try {
            statement.execute("""
                    DO $$ BEGIN
                        EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('%I', tablename), ', ') FROM pg_tables
                                  WHERE schemaname = 'public'
                                    AND tablename NOT IN ('flyway_schema_history', 'scheduled_tasks', 'service_area', 'feed',
                                                          'session', 'session_attributes'));
                    END $$
                    """);
            return true;
        } catch (SQLException e) {
            if (last || !LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    private Asker.Person join(String[] row) {
        Asker.Kind kind = Asker.Kind.valueOf(row[0].toUpperCase(Locale.ROOT));
        UUID id = id("organisation " + row[1]);
        jdbc.sql("""
                INSERT INTO organisation (id, kind, slug, name, council_type, nation, region, invented, verified_at)
                VALUES (:id, :kind, :slug, :name, nullif(:type, ''), nullif(:nation, ''), nullif(:region, ''), true, now())
                """)
                .param("id", id)
                .param("kind", row[0])
                .param("slug", row[1])
                .param("name", row[2])
                .param("type", row[3])
                .param("nation", row[4])
                .param("region", row[5])
                .update();
        jdbc.sql("INSERT INTO organisation_domain (domain, organisation_id) VALUES (:domain, :id)")
                .param("domain", row[1] + ".example")
                .param("id", id)
                .update();
        boolean curator = kind == Asker.Kind.COORDINATOR;
        return new Asker.Person(
                person(row[1], row[6], row[1], "reader", "editor", curator ? "curator" : "administrator"),
                id,
                kind,
                Set.of(Asker.Role.READER, Asker.Role.EDITOR));
    }

    /// @return the id, the same each time
    private UUID person(String organisation, String name, String domain, String... roles) {
        String email = email(name, domain);
        UUID id = id(email);
        jdbc.sql("INSERT INTO person (id, email, name) VALUES (:id, :email, :name)")
                .param("id", id)
                .param("email", email)
                .param("name", name)
                .update();
        jdbc.sql("""
                INSERT INTO membership (person_id, organisation_id, role)
                SELECT :person, :organisation, unnest(:roles::text[])
                """)
                .param("person", id)
                .param("organisation", id("organisation " + organisation))
                .param("roles", roles)
                .update();
        return id;
    }

    static String email(String name, String domain) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@" + domain + ".example";
    }

    private static UUID id(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }

    private static Asker.Person asker(Map<String, Asker.Person> people, String slug) {
        return Objects.requireNonNull(people.get(slug), () -> "demo/organisations.tsv has no " + slug);
    }

    private void catalogue(Map<String, Asker.Person> people, Map<String, String> names) {
        Map<String, UUID> made = new HashMap<>();
        for (String[] row : Rows.of("products")) {
            Asking.as(asker(people, row[0]), () -> {
                UUID product = made.computeIfAbsent(row[1], name -> products.add(name, row[2], null));
                UUID release = products.addRelease(product, row[3], LocalDate.parse(row[4]), LocalDate.parse(row[5]));
                products.publish(product);
                if (!row[6].isEmpty()) {
                    store(release, stacks.sbom(names.getOrDefault(row[0], ""), row[1], row[3], row[4], row[6]));
                }
                return release;
            });
        }
    }

    /// A newer SBOM of Larkfield Revenues 8.4 than the one in the register, for a visitor to upload.
    byte[] newerSbom() {
        return stacks.sbom("Larkfield Systems", "Larkfield Revenues", "8.4", "2025-02-03", "java-new,log4j-2.24.3");
    }

    private void store(UUID release, byte[] sbom) {
        try {
            Path file = Files.createTempFile("reeve-demo", ".json");
            try {
                Files.write(file, sbom);
                sboms.store(release, Sboms.Origin.DECLARED, "verified", file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Unreadable e) {
            throw new IllegalStateException("the demonstration's own SBOM cannot be read: " + e.getMessage(), e);
        }
    }

    /// Before any system is there, so that nobody is told of what is no news.
    private void say(Map<String, Asker.Person> people) {
        evaluation.catchUp();
        for (String[] row : Rows.of("statements")) {
            var flaw = vulnerabilities.byName(row[2]);
            if (flaw.isEmpty()) { // not among the advisories of this build
                continue;
            }
            Asking.as(
                    supplierOf(people, row[0]),
                    () -> statements.say(new Statements.Said(
                            release(row[0], row[1]),
                            flaw.get().id(),
                            Status.valueOf(row[3].toUpperCase(Locale.ROOT)),
                            orNull(row[4]),
                            orNull(row[5]),
                            orNull(row[6]),
                            false,
                            row[7].isEmpty() ? null : release(row[0], row[7]),
                            null)));
        }
        tellAll();
    }

    /// A job may have a cause in hand, whose alerts come later than what fanned out here.
    private void tellAll() {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            fanOut.catchUp();
            if (inJob(() -> jdbc.sql("""
                    SELECT NOT EXISTS (SELECT FROM outbox WHERE done_at IS NULL AND vulnerability_id IS NOT NULL)
                    """).query(Boolean.class).single())) {
                return;
            }
            LockSupport.parkNanos(200_000_000);
        }
        throw new IllegalStateException("the demonstration's alerts do not go out");
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Asker.Person supplierOf(Map<String, Asker.Person> people, String product) {
        return Rows.of("products").stream()
                .filter(row -> row[1].equals(product))
                .map(row -> asker(people, row[0]))
                .findFirst()
                .orElseThrow();
    }

    private String run(String[] row) {
        UUID release = release(row[2], row[3]);
        UUID product = inJob(() -> jdbc.sql("SELECT product_id FROM release WHERE id = :id")
                .param("id", release)
                .query(UUID.class)
                .single());
        return systems.add(new Systems.New(row[1], product, release, row[4], row[5], row[6], row[7]));
    }

    private UUID release(String product, String version) {
        return inJob(() -> jdbc.sql("""
                SELECT r.id FROM release r JOIN product p ON p.id = r.product_id
                 WHERE p.name = :product AND r.version = :version
                """)
                .param("product", product)
                .param("version", version)
                .query(UUID.class)
                .single());
    }

    private <T> T inJob(Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
