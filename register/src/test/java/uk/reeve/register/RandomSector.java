package uk.reeve.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.database.DatabaseAccess;

/// A small sector at random, and changes at random of everything that a verdict rests on.
public final class RandomSector implements AutoCloseable {

    private static final int COUNCILS = 4;
    private static final int RELEASES = 12;
    private static final int SETS = 8;
    private static final int COMPONENTS = 30;
    private static final int FLAWS = 20;

    /// What else is done in the transaction that changes a finding.
    public interface Beside {
        void changed(long component, UUID flaw);
    }

    private final Connection all;
    private final JdbcClient jobs;
    private final TransactionTemplate transactions;
    private final Beside beside;
    private final Random random;
    private final List<UUID> councils = new ArrayList<>();
    private final List<UUID> people = new ArrayList<>();
    private final List<UUID> releases = new ArrayList<>();
    private final List<Integer> sets = new ArrayList<>();
    private final List<Long> components = new ArrayList<>();
    private final List<UUID> flaws = new ArrayList<>();
    private final List<UUID> systems = new ArrayList<>();
    private final UUID supplier = UUID.randomUUID();
    private int graph;

    public RandomSector(
            DatabaseAccess access, JdbcClient jobs, TransactionTemplate transactions, long seed, Beside beside)
            throws SQLException {
        this.all = Given.owner(access);
        this.jobs = jobs;
        this.transactions = transactions;
        this.random = new Random(seed);
        this.beside = beside;
        fill();
    }

    /// As the register's jobs do it.
    public <T> T inJob(Supplier<T> work) {
        return Asking.as(new Asker.Job(), () -> transactions.execute(_ -> work.get()));
    }

    public List<UUID> councils() {
        return councils;
    }

    public List<UUID> flaws() {
        return flaws;
    }

    public List<Integer> sets() {
        return sets;
    }

    /// Somebody of that council.
    public UUID person(int council) {
        return people.get(council);
    }

    @Override
    public void close() throws SQLException {
        all.close();
    }

    /// The first two columns of what the database says of one id.
    public Map<String, String> told(String sql, Object id) throws SQLException {
        Map<String, String> told = new TreeMap<>();
        try (PreparedStatement statement = all.prepareStatement(sql)) {
            statement.setObject(1, id);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    told.put(rows.getString(1), rows.getString(2));
                }
            }
        }
        return told;
    }

    /// Something else is so from now on.
    public void change() throws SQLException {
        change(random.nextInt(9));
    }

    private void change(int what) throws SQLException {
        UUID flaw = any(flaws);
        switch (what) {
            case 0 -> {
                String status = any(List.of("affected", "not_affected", "fixed", "under_investigation"));
                UUID release = any(releases);
                jdbc("""
                        UPDATE statement SET superseded_at = now()
                         WHERE release_id = ? AND vulnerability_id = ? AND superseded_at IS NULL
                        """, release, flaw);
                jdbc("""
                        INSERT INTO statement (organisation_id, release_id, vulnerability_id, status, impact, action, reach, said_at)
                        VALUES (?, ?, ?, ?, 'Invented', 'Invented', ?, now())
                        """, supplier, release, flaw, status, any(List.of("any", "hosting")));
            }
            case 1, 2 -> {
                int nth = random.nextInt(systems.size());
                jdbc("""
                        UPDATE decision SET superseded_at = now()
                         WHERE system_id = ? AND vulnerability_id = ? AND superseded_at IS NULL
                        """, systems.get(nth), flaw);
                jdbc(
                        """
                        INSERT INTO decision (organisation_id, system_id, vulnerability_id, kind, until, justification, urgency_days,
                               urgency_reasons, decided_by)
                        SELECT organisation_id, id, ?, k, CASE k WHEN 'fix' THEN current_date + 1 END,
                               CASE k WHEN 'not-us' THEN 'component_not_present' END, ?, '[]', ?
                          FROM system, (SELECT ?::text AS k) AS kind WHERE id = ?
                        """,
                        flaw,
                        any(List.of(0, 3, 14, 60)),
                        people.get(nth % COUNCILS),
                        any(List.of("fix", "not-us")),
                        systems.get(nth));
            }
            case 3 ->
                jdbc(
                        "UPDATE vulnerability SET kev_added = ?::date, automatable = ?, total_impact = ? WHERE id = ?",
                        random.nextBoolean() ? null : "2026-11-01",
                        random.nextBoolean() ? null : random.nextBoolean(),
                        random.nextBoolean() ? null : random.nextBoolean(),
                        flaw);
            case 4 ->
                jdbc(
                        "UPDATE system SET exposure = ?, hosting = ?, release_id = ? WHERE id = ?",
                        any(List.of("internet", "network", "isolated", "unknown")),
                        any(List.of("own", "supplier", "other")),
                        any(releases),
                        any(systems));
            case 5 -> {
                UUID release = any(releases);
                UUID council = any(councils);
                jdbc("""
                        UPDATE sbom_document SET state = 'superseded'
                         WHERE release_id = ? AND source_id = ? AND state = 'current'
                        """, release, council);
                if (random.nextInt(4) > 0) {
                    document(release, council, "observed");
                }
            }
            default -> found(any(components), flaw);
        }
    }

    /// A finding comes, goes or changes.
    private void found(long component, UUID flaw) {
        inJob(() -> {
            jobs.sql("""
                    INSERT INTO component_finding (component_id, vulnerability_id, exact, reasons, fixed_in, withdrawn_at)
                    VALUES (:component, :flaw, :exact, '[]', '{}', CASE WHEN :gone THEN now() END)
                    ON CONFLICT (component_id, vulnerability_id)
                    DO UPDATE SET exact = excluded.exact, withdrawn_at = excluded.withdrawn_at
                    """)
                    .param("component", component)
                    .param("flaw", flaw)
                    .param("exact", random.nextBoolean())
                    .param("gone", random.nextInt(3) == 0)
                    .update();
            beside.changed(component, flaw);
            return true;
        });
    }

    private void fill() throws SQLException {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        organisation(supplier, "supplier", mark);
        UUID product = UUID.fromString(jdbc("""
                INSERT INTO product (supplier_id, name, name_key, published_at)
                VALUES (?, ?, 'verdicts', now()) RETURNING id
                """, supplier, "Verdicts (invented) " + mark));
        for (int i = 0; i < FLAWS; i++) {
            flaws.add(UUID.fromString(jdbc(
                    "INSERT INTO vulnerability (name, severity) VALUES (?, 'high') RETURNING id",
                    "INVENTED-" + mark + "-" + i)));
        }
        for (int i = 0; i < COMPONENTS; i++) {
            components.add(Long.valueOf(jdbc("""
                    INSERT INTO component (digest, type, namespace, name, version, evaluated_with)
                    VALUES (sha256(?::bytea), '', '', ?, '1', 'before') RETURNING id
                    """, mark + i, "verdicts-" + mark + i)));
        }
        graph = Integer.parseInt(jdbc("""
                INSERT INTO component_graph (digest, components, via, parents)
                VALUES (sha256(?::bytea), '{}', '{}', '{}') RETURNING id
                """, mark));
        for (int i = 0; i < SETS; i++) {
            List<Long> inside = new ArrayList<>(components);
            Collections.shuffle(inside, random);
            String eight =
                    inside.stream().limit(8).sorted().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
            sets.add(Integer.parseInt(jdbc("""
                    INSERT INTO component_set (digest, size, types, components)
                    VALUES (sha256(?::bytea), 8, '{}', ?::integer[]) RETURNING id
                    """, mark + "set" + i, eight)));
        }
        for (int i = 0; i < RELEASES; i++) {
            UUID release = UUID.fromString(jdbc("""
                    INSERT INTO release (product_id, version, version_key, published_at) VALUES (?, ?, ?, now()) RETURNING id
                    """, product, "" + i, "" + i));
            releases.add(release);
            if (i % 3 > 0) {
                document(release, supplier, "declared");
            }
        }
        for (int i = 0; i < COUNCILS; i++) {
            councils.add(UUID.randomUUID());
            organisation(councils.get(i), "council", mark + "c" + i);
            people.add(UUID.fromString(jdbc(
                    "INSERT INTO person (email, name) VALUES (?, 'Somebody invented') RETURNING id",
                    i + "@" + mark + ".example")));
        }
        for (int i = 0; i < COUNCILS * 6; i++) {
            systems.add(UUID.fromString(jdbc(
                    "INSERT INTO system (organisation_id, name, release_id) VALUES (?, ?, ?) RETURNING id",
                    councils.get(i % COUNCILS),
                    "System " + i,
                    any(releases))));
        }
        for (int i = 0; i < 100; i++) {
            found(any(components), any(flaws));
        }
    }

    private void organisation(UUID id, String kind, String slug) throws SQLException {
        jdbc("""
                INSERT INTO organisation (id, kind, slug, name, invented, verified_at) VALUES (?, ?, ?, ?, true, now())
                """, id, kind, "verdicts-" + slug, "Verdicts (invented) " + slug);
    }

    private void document(UUID release, UUID source, String origin) throws SQLException {
        jdbc("""
                INSERT INTO sbom_document (release_id, source_id, origin, sha256, format, component_set_id, graph_id, components,
                       checkable, quality, warnings)
                VALUES (?, ?, ?, '\\x00', 'CycloneDX 1.6 JSON', ?, ?, 8, 8, '[]', '[]')
                """, release, source, origin, any(sets), graph);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// @return the first value of its first row; empty where there is none
    private String jdbc(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = all.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            if (!statement.execute()) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
