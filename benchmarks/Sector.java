import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import uk.reeve.engine.purl.Purl;

/// Fills the database of a running register with a sector, from a seed: products of invented suppliers, releases with
/// SBOMs of real components, councils that run them. Everything but findings, which the register finds by itself.
///
/// Packages are those of a file of `ecosystem, name, affected versions, fixed versions` (the shared data's
/// `bench/gen_sboms.packages.tsv`, unpacked). Popularity of packages and of products falls as 1/rank^0.8.
///
/// Usage: `Sector wait DATA-FOLDER`, `Sector size DATA-FOLDER`, or `Sector DATA-FOLDER PACKAGES.tsv COUNCILS SYSTEMS RELEASES COMPONENTS SEED`, COMPONENTS being a release's mean.
public final class Sector {

    private static final int RELEASES_OF_A_PRODUCT = 5;
    private static final Map<String, String> TYPES = Map.of("Maven", "maven", "npm", "npm", "PyPI", "pypi", "Go", "golang",
            "NuGet", "nuget", "Packagist", "composer", "RubyGems", "gem", "crates.io", "cargo");
    // of ten products, what they are written in
    private static final String[] MAIN = {"Maven", "Maven", "Maven", "npm", "npm", "npm", "NuGet", "NuGet", "PyPI", "Packagist"};

    private record Pack(String ecosystem, String name, String[] affected, String[] fixed) {}

    private static final class Part {

        private final String purl;
        private final String name;
        private final String version;
        private long id;

        Part(long id, String purl, String name, String version) {
            this.id = id;
            this.purl = purl;
            this.name = name;
            this.version = version;
        }
    }

    private final Random random;
    private final Random estates; // of its own, so that the same releases come of a seed, whatever the councils
    private final Connection db;
    private final Map<String, Part> parts = new HashMap<>();
    private final Map<String, Part> byPurl = new LinkedHashMap<>();
    private final Map<String, List<Pack>> packs = new LinkedHashMap<>();
    private final Map<String, double[]> weights = new LinkedHashMap<>();
    private long firstId;

    private Sector(Connection db, long seed) {
        this.db = db;
        this.random = new Random(seed);
        this.estates = new Random(~seed);
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("wait")) {
            untilReckoned(Path.of(args[1]));
            return;
        }
        if (args[0].equals("size")) {
            size(Path.of(args[1]));
            return;
        }
        long start = System.nanoTime();
        try (Connection db = connect(Path.of(args[0]))) {
            db.setAutoCommit(false);
            try (Statement s = db.createStatement()) {
                s.execute("SET session_replication_role = replica"); // foreign keys hold by construction
            }
            Sector sector = new Sector(db, Long.parseLong(args[6]));
            sector.read(Path.of(args[1]));
            sector.fill(Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]), Integer.parseInt(args[5]));
            db.commit();
            db.setAutoCommit(true);
            try (Statement s = db.createStatement()) {
                s.execute("VACUUM ANALYZE");
            }
        }
        System.out.printf("filled in %d s%n", (System.nanoTime() - start) / 1_000_000_000);
    }

    /// Waits until the register has evaluated every component, reckoned every set and counted the sector.
    private static void untilReckoned(Path folder) throws Exception {
        try (Connection db = connect(folder); Statement s = db.createStatement()) {
            boolean ready = false;
            while (!ready) {
                Thread.sleep(1_000);
                try (var row = s.executeQuery("""
                        SELECT NOT EXISTS (SELECT FROM component WHERE evaluated_with IS NULL)
                           AND NOT EXISTS (SELECT FROM component_set c WHERE NOT EXISTS (
                               SELECT FROM set_finding f WHERE f.component_set_id = c.id))
                           AND (SELECT count(*) FROM sector_count WHERE councils > 0)
                               >= (SELECT count(DISTINCT vulnerability_id) / 2 FROM component_finding WHERE exact AND withdrawn_at IS NULL)
                        """)) {
                    row.next();
                    ready = row.getBoolean(1);
                }
            }
        }
    }

    private static void size(Path folder) throws Exception {
        try (Connection db = connect(folder); Statement s = db.createStatement(); var row = s.executeQuery("""
                SELECT (SELECT count(*) FROM organisation WHERE kind = 'council'),
                       (SELECT count(*) FROM system WHERE retired_on IS NULL), (SELECT count(*) FROM release),
                       (SELECT sum(c.size) FROM sbom_document d JOIN component_set c ON c.id = d.component_set_id WHERE d.state = 'current'),
                       (SELECT sum(c.size) FROM system y JOIN sbom_document d ON d.release_id = y.release_id
                          JOIN component_set c ON c.id = d.component_set_id WHERE y.retired_on IS NULL AND d.state = 'current'),
                       (SELECT count(*) FROM component_finding WHERE withdrawn_at IS NULL), current_setting('server_version')
                """)) {
            row.next();
            System.out.printf("%d councils, %d systems, %d releases, %d components of releases, %d of systems, %d findings, PostgreSQL %s%n",
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6), row.getString(7));
        }
    }

    /// As the superuser of the embedded database that runs in the folder.
    static Connection connect(Path folder) throws Exception {
        Properties secrets = new Properties();
        try (var in = Files.newBufferedReader(folder.resolve("secrets"))) {
            secrets.load(in);
        }
        String port = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(3);
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/reeve", "postgres", secrets.getProperty("superuser"));
    }

    private void read(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            String[] f = line.split("\t", -1);
            if (TYPES.containsKey(f[0])) {
                packs.computeIfAbsent(f[0], _ -> new ArrayList<>()).add(new Pack(f[0], f[1], words(f[2]), words(f[3])));
            }
        }
        for (var of : packs.entrySet()) {
            java.util.Collections.shuffle(of.getValue(), random);
            // the package of the morning is as popular as it was
            of.getValue().sort(java.util.Comparator.comparing(p -> !p.name().equals("org.apache.logging.log4j:log4j-core")));
            weights.put(of.getKey(), zipf(of.getValue().size()));
        }
    }

    private static String[] words(String text) {
        return text.isEmpty() ? new String[0] : text.split(" ");
    }

    /// Sums of 1/rank^0.8, to draw by.
    private static double[] zipf(int n) {
        double[] sums = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.pow(i + 1, -0.8);
            sums[i] = sum;
        }
        return sums;
    }

    private static int draw(double[] sums, Random random) {
        int at = Arrays.binarySearch(sums, random.nextDouble() * sums[sums.length - 1]);
        return Math.min(at < 0 ? -at - 1 : at, sums.length - 1);
    }

    private void fill(int councils, int systems, int releases, int components) throws Exception {
        int products = releases / RELEASES_OF_A_PRODUCT;
        int suppliers = Math.max(1, products / 6);
        firstId = number("SELECT coalesce(max(id), 0) + 1 FROM component");
        List<UUID> supplierIds = organisations("supplier", suppliers, "Supplier");
        int there = (int) number("SELECT count(*) FROM organisation WHERE kind = 'council'");
        organisations("council", councils - there, "Council");
        people();
        List<UUID> productIds = new ArrayList<>();
        try (Copy to = new Copy("product (id, supplier_id, slug, name, name_key, published_at)")) {
            for (int i = 0; i < products; i++) {
                UUID id = uuid();
                productIds.add(id);
                to.row(id, supplierIds.get(i % suppliers), "bench-product-" + i, "Product " + i + " (invented)", "product" + i + "invented", "2026-01-01");
            }
        }
        List<UUID> releaseIds = new ArrayList<>();
        try (Copy to = new Copy("release (id, product_id, version, version_key, released_on, published_at)")) {
            for (int i = 0; i < releases; i++) {
                UUID id = uuid();
                releaseIds.add(id);
                int nth = i % RELEASES_OF_A_PRODUCT;
                to.row(id, productIds.get(i / RELEASES_OF_A_PRODUCT), "" + (nth + 1) + ".0", "" + (nth + 1) + ".0",
                        java.time.LocalDate.of(2022 + nth, 3, 1), "2026-01-01");
            }
        }
        sboms(releaseIds, supplierIds, suppliers, components);
        systems(systems, productIds, releaseIds);
        System.out.printf("%d suppliers, %d products, %d releases, %d councils x %d systems, %d components%n",
                suppliers, products, releases, councils, systems, byPurl.size());
    }

    private List<UUID> organisations(String kind, int count, String word) throws Exception {
        List<UUID> ids = new ArrayList<>();
        try (Copy to = new Copy("organisation (id, kind, slug, name, nation, region, invented, verified_at)")) {
            for (int i = 0; i < count; i++) {
                UUID id = uuid();
                ids.add(id);
                to.row(id, kind, "bench-" + kind + "-" + i, word + " " + i + " (invented)", kind.equals("council") ? "England" : null,
                        kind.equals("council") ? "Region " + i % 9 : null, true, "2026-01-01");
            }
        }
        return ids;
    }

    /// One editor to each council that has nobody.
    private void people() throws Exception {
        try (Statement s = db.createStatement()) {
            s.execute("""
                    WITH lonely AS (SELECT o.id, o.slug, gen_random_uuid() AS person FROM organisation o
                                     WHERE o.kind = 'council' AND NOT EXISTS (SELECT FROM membership m WHERE m.organisation_id = o.id)),
                    who AS (INSERT INTO person (id, email, name)
                            SELECT person, 'security@' || slug || '.example', 'Security of ' || slug FROM lonely RETURNING id)
                    INSERT INTO membership (person_id, organisation_id, role) SELECT person, id, 'editor' FROM lonely
                    """);
            s.execute("""
                    INSERT INTO organisation_domain (domain, organisation_id)
                    SELECT slug || '.example', id FROM organisation WHERE kind = 'council' AND slug LIKE 'bench-%'
                    """);
        }
    }

    private void sboms(List<UUID> releases, List<UUID> suppliers, int ofSuppliers, int mean) throws Exception {
        List<Part[]> chosen = new ArrayList<>();
        TreeSet<Integer> numbers = new TreeSet<>();
        List<Pack> stack = List.of();
        int[] at = {};
        int age = 0;
        for (int i = 0; i < releases.size(); i++) {
            if (i % RELEASES_OF_A_PRODUCT == 0) { // a new product: what it is made of
                stack = stack(MAIN[random.nextInt(MAIN.length)], mean / 2 + random.nextInt(mean + 1), numbers);
                at = stack.stream().mapToInt(_ -> random.nextInt(1 << 20)).toArray();
                age = 0;
            }
            Set<Part> of = new LinkedHashSet<>();
            for (int k = 0; k < at.length; k++) {
                if (age > 0 && random.nextInt(8) == 0) {
                    at[k] = random.nextInt(1 << 20); // moved on
                }
                of.add(part(stack.get(k), at[k]));
            }
            age++;
            chosen.add(of.toArray(Part[]::new));
        }
        components();
        int first = (int) number("SELECT 1 + greatest((SELECT coalesce(max(id), 0) FROM component_set), (SELECT coalesce(max(id), 0) FROM component_graph))");
        try (Copy to = new Copy("component_set (id, digest, size, types, components)")) {
            for (int i = 0; i < chosen.size(); i++) {
                String ids = Arrays.stream(chosen.get(i)).mapToLong(part -> part.id).sorted().mapToObj(String::valueOf)
                        .collect(Collectors.joining(",", "{", "}"));
                to.row(first + i, sha256(("set " + (first + i)).getBytes(StandardCharsets.UTF_8)), chosen.get(i).length, types(chosen.get(i)), ids);
            }
        }
        try (Copy to = new Copy("component_graph (id, digest, components, via, parents)")) {
            for (int i = 0; i < chosen.size(); i++) {
                Part[] of = chosen.get(i);
                // a tenth is direct, twice as many come in by these, the others by those
                int direct = Math.max(1, of.length / 10);
                StringBuilder components = new StringBuilder("{");
                StringBuilder via = new StringBuilder("{");
                StringBuilder parents = new StringBuilder("{");
                for (int k = 0; k < of.length; k++) {
                    String comma = k == 0 ? "" : ",";
                    components.append(comma).append(of[k].id);
                    via.append(comma).append(k < direct ? 0 : 1 + random.nextInt(k < 3 * direct ? direct : Math.min(k, 3 * direct)));
                    parents.append(comma).append(1 + random.nextInt(4));
                }
                to.row(first + i, sha256(("graph " + (first + i)).getBytes(StandardCharsets.UTF_8)), components + "}", via + "}", parents + "}");
            }
        }
        for (String table : List.of("component_set", "component_graph")) {
            number("SELECT setval(pg_get_serial_sequence('" + table + "', 'id'), " + (first + chosen.size()) + ")");
        }
        List<byte[]> digests = new ArrayList<>();
        try (Copy to = new Copy("document_bytes (sha256, size, gzip)")) {
            for (int i = 0; i < chosen.size(); i++) {
                byte[] file = document(i, chosen.get(i)).getBytes(StandardCharsets.UTF_8);
                digests.add(sha256(file));
                to.row(digests.getLast(), file.length, gzip(file));
            }
        }
        try (Copy to = new Copy("sbom_document (release_id, source_id, origin, audience, sha256, format, component_set_id, graph_id, components, checkable, quality, warnings)")) {
            for (int i = 0; i < chosen.size(); i++) {
                to.row(releases.get(i), suppliers.get(i / RELEASES_OF_A_PRODUCT % ofSuppliers), "declared", i % 10 == 0 ? "public" : "verified",
                        digests.get(i), "CycloneDX 1.5 JSON", first + i, first + i, chosen.get(i).length, chosen.get(i).length, "[]", "[]");
            }
        }
    }

    private static String types(Part[] of) {
        TreeSet<String> types = new TreeSet<>();
        for (Part part : of) {
            types.add(part.purl.substring(4, part.purl.indexOf('/')));
        }
        return "{" + String.join(",", types) + "}";
    }

    /// Packages of one ecosystem, a fifth of another, the popular ones first.
    private List<Pack> stack(String main, int size, TreeSet<Integer> numbers) {
        List<Pack> stack = new ArrayList<>();
        String other = main.equals("npm") ? "PyPI" : "npm";
        for (String ecosystem : List.of(main, other)) {
            List<Pack> all = packs.get(ecosystem);
            int wanted = Math.min(ecosystem.equals(main) ? size * 4 / 5 : size / 5, all.size() * 2 / 3);
            numbers.clear();
            while (numbers.size() < wanted) {
                numbers.add(draw(weights.get(ecosystem), random));
            }
            numbers.forEach(n -> stack.add(all.get(n)));
        }
        return stack;
    }

    /// A version of a package by a number.
    private Part part(Pack pack, int number) throws Exception {
        // one of sixteen with a flaw, two mended of one (and often not of the next), the others above all that is known
        String[] of = number % 16 == 0 ? pack.affected() : number % 16 < 3 ? pack.fixed() : new String[0];
        String version = of.length == 0 ? "999." + number % 3 + ".0" : of[number / 16 % of.length];
        String spelt = pack.ecosystem().equals("Go") && !version.startsWith("v") ? "v" + version : version;
        String name = pack.name().replace(':', '/');
        String key = pack.ecosystem() + " " + name + " " + spelt;
        Part known = parts.get(key);
        if (known == null) {
            String purl = Purl.lenient("pkg:" + TYPES.get(pack.ecosystem()) + "/" + name.replace("@", "%40") + "@"
                    + java.net.URLEncoder.encode(spelt, StandardCharsets.UTF_8), _ -> {}).toString();
            known = byPurl.computeIfAbsent(purl, _ -> new Part(firstId + byPurl.size(), purl, name, spelt));
            parts.put(key, known);
        }
        return known;
    }

    private void components() throws Exception {
        try (Statement s = db.createStatement()) { // what the register holds already keeps its number
            s.execute("CREATE TEMP TABLE told (id bigint, digest bytea, purl text, type text, namespace text, name text, version text)");
        }
        try (Copy to = new Copy("told (id, digest, purl, type, namespace, name, version)")) {
            for (Part part : byPurl.values()) {
                Purl purl = Purl.lenient(part.purl, _ -> {});
                to.row(part.id, sha256(part.purl.getBytes(StandardCharsets.UTF_8)), part.purl, purl.type(),
                        purl.namespace() == null ? "" : purl.namespace(), purl.name(), part.version);
            }
        }
        try (Statement s = db.createStatement()) {
            s.execute("INSERT INTO component (id, digest, purl, type, namespace, name, version) OVERRIDING SYSTEM VALUE"
                    + " SELECT * FROM told ON CONFLICT (digest) DO NOTHING");
            s.execute("SELECT setval(pg_get_serial_sequence('component', 'id'), (SELECT max(id) FROM component))");
            try (var rows = s.executeQuery("SELECT c.purl, c.id FROM told t JOIN component c USING (digest) WHERE t.id <> c.id")) {
                while (rows.next()) {
                    byPurl.get(rows.getString(1)).id = rows.getLong(2);
                }
            }
        }
    }

    private void systems(int each, List<UUID> products, List<UUID> releases) throws Exception {
        double[] popular = zipf(products.size());
        List<UUID> councils = new ArrayList<>();
        List<Integer> have = new ArrayList<>();
        try (Statement s = db.createStatement(); var rows = s.executeQuery("""
                SELECT o.id, (SELECT count(*) FROM system y WHERE y.organisation_id = o.id) FROM organisation o
                 WHERE o.kind = 'council' ORDER BY o.slug
                """)) {
            while (rows.next()) {
                councils.add((UUID) rows.getObject(1));
                have.add(rows.getInt(2));
            }
        }
        String[] hosting = {"own", "own", "supplier", "supplier", "other"};
        String[] exposure = {"internet", "network", "network", "isolated", "unknown"};
        try (Copy services = new Copy("service (id, organisation_id, name, criticality)")) {
            for (UUID council : councils) {
                for (int k = 0; k < 10; k++) {
                    services.row(new UUID(council.getMostSignificantBits(), k), council, "Service " + k, 1 + k % 4);
                }
            }
        }
        try (Copy to = new Copy("system (organisation_id, name, product_id, release_id, service_id, hosting, exposure)")) {
            for (int c = 0; c < councils.size(); c++) {
                for (int k = have.get(c); k < each; k++) {
                    int product = draw(popular, estates);
                    int release = Math.max(estates.nextInt(RELEASES_OF_A_PRODUCT), estates.nextInt(RELEASES_OF_A_PRODUCT)); // rather a newer one
                    to.row(councils.get(c), "System " + k, products.get(product),
                            k % 25 == 24 ? null : releases.get(product * RELEASES_OF_A_PRODUCT + release),
                            new UUID(councils.get(c).getMostSignificantBits(), k % 10), hosting[estates.nextInt(5)], exposure[estates.nextInt(5)]);
                }
            }
        }
    }

    private static String document(int number, Part[] of) {
        StringBuilder json = new StringBuilder("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"metadata\":{\"component\":{\"bom-ref\":\"root\",\"type\":\"application\",\"name\":\"release-"
                + number + "\"}},\"components\":[");
        for (int i = 0; i < of.length; i++) {
            json.append(i == 0 ? "" : ",").append("{\"bom-ref\":\"").append(of[i].purl).append("\",\"type\":\"library\",\"name\":\"").append(of[i].name)
                    .append("\",\"version\":\"").append(of[i].version).append("\",\"purl\":\"").append(of[i].purl).append("\"}");
        }
        return json.append("]}").toString();
    }

    private UUID uuid() {
        return new UUID(estates.nextLong() & ~0xf000L | 0x4000L, estates.nextLong() & Long.MAX_VALUE >>> 1 | Long.MIN_VALUE);
    }

    private long number(String sql) throws Exception {
        return number(db, sql);
    }

    static long number(Connection db, String sql) throws Exception {
        try (Statement s = db.createStatement(); var row = s.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static byte[] sha256(byte[] bytes) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    /// COPY of rows as text.
    private final class Copy implements AutoCloseable {

        private final CopyIn in;
        private final StringBuilder waiting = new StringBuilder();

        Copy(String into) throws Exception {
            in = db.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY " + into + " FROM STDIN");
        }

        void row(Object... values) throws Exception {
            for (int i = 0; i < values.length; i++) {
                Object v = values[i];
                waiting.append(i == 0 ? "" : "\t")
                        .append(v == null ? "\\N" : v instanceof byte[] b ? "\\\\x" + HexFormat.of().formatHex(b)
                                : v.toString().replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"));
            }
            waiting.append('\n');
            if (waiting.length() > 60_000) {
                flush();
            }
        }

        private void flush() throws Exception {
            byte[] bytes = waiting.toString().getBytes(StandardCharsets.UTF_8);
            in.writeToCopy(bytes, 0, bytes.length);
            waiting.setLength(0);
        }

        @Override
        public void close() throws Exception {
            flush();
            in.endCopy();
        }
    }
}
