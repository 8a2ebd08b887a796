import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Does one thing after another to a register that is at work, and counts what is lost, there twice or by half then. A fault
/// is a method that does it and says what was seen, and a line of [#ALL].
///
/// Usage: `Faults FAULT|all FOLDER PORT JAVA-AND-JAR...`. The folder must not be there yet; ports from PORT on are used.
public final class Faults {

    private interface Fault {
        /// @return what was seen
        String on(Trial trial) throws Exception;
    }

    private static final Map<String, Fault> ALL = new LinkedHashMap<>();

    static {
        ALL.put("kills", Faults::kills);
        ALL.put("mail", Faults::mail);
        ALL.put("restart", Faults::restart);
        ALL.put("nodes", Faults::nodes);
        ALL.put("disk", Faults::disk);
        ALL.put("log", Faults::log);
        ALL.put("endless", Faults::endless);
        ALL.put("pool", Faults::pool);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[1]);
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(folder + " is there already");
        }
        if (!args[0].equals("all") && !ALL.containsKey(args[0])) {
            throw new IllegalArgumentException("there is no fault " + args[0] + ": " + ALL.keySet());
        }
        boolean wrong = false;
        List<String> rows = new ArrayList<>();
        for (var fault : ALL.entrySet()) {
            if (args[0].equals("all") || args[0].equals(fault.getKey())) {
                try (Trial trial = new Trial(folder.resolve(fault.getKey()), Integer.parseInt(args[2]), Arrays.asList(args).subList(3, args.length))) {
                    rows.add(fault.getKey() + " | " + fault.getValue().on(trial) + " | " + trial.outcome());
                    wrong |= trial.bad > 0;
                } catch (Exception e) {
                    e.printStackTrace(System.out);
                    rows.add(fault.getKey() + " | " + e.getMessage() + " | wrong");
                    wrong = true;
                }
            }
        }
        System.out.println();
        rows.forEach(System.out::println);
        System.exit(wrong ? 1 : 0);
    }

    /// A register, its mail server, and what comes in.
    private static final class Trial implements AutoCloseable {

        final Path folder;
        final int port;
        final List<String> java;
        final Random random = new Random(Long.parseLong(System.getenv().getOrDefault("SEED", "1")));
        final Sink sink;
        final Register register;
        Incoming incoming;
        double wellAfter;
        int bad;
        private final List<Register> others = new ArrayList<>();
        private final List<Path> mounted = new ArrayList<>();
        private final List<String> broken = new ArrayList<>();

        Trial(Path folder, int port, List<String> java) throws IOException {
            this.folder = folder;
            this.port = port;
            this.java = java;
            Files.createDirectories(folder);
            this.sink = new Sink(port + 1);
            this.register = new Register(folder.resolve("register"), port, java, mailTo(sink));
        }

        static List<String> mailTo(Sink sink) {
            return List.of("reeve.mail.host=127.0.0.1", "reeve.mail.port=" + sink.port, "reeve.mail.tls=none");
        }

        /// The register at work: each kind of thing has been taken.
        void begin() throws Exception {
            register.start();
            work(register);
        }

        void work(Register... nodes) throws Exception {
            incoming = new Incoming(List.of(nodes), sink);
            try (Connection db = register.database()) {
                incoming.prepare(db);
            }
            incoming.begin();
            until(120, () -> incoming.taken("advisory") >= 3);
            incoming.forgetAnswers();
        }

        /// The fault is over: how long until all is well.
        void mended() throws Exception {
            try (Connection db = register.database()) {
                wellAfter = incoming.well(db);
            }
        }

        /// Well again, started anew where it does not get well by itself within a minute.
        ///
        /// @return whether it was by itself
        boolean again() throws Exception {
            long start = System.nanoTime();
            while (register.runs() && !register.isReady() && System.nanoTime() - start < 60e9) {
                Thread.sleep(200);
            }
            boolean byItself = register.isReady();
            if (!byItself) {
                register.kill();
                register.start();
            }
            mended();
            return byItself;
        }

        Register also(Register node) {
            others.add(node);
            return node;
        }

        /// A small file system of its own.
        void mount(Path at, String size) throws Exception {
            Files.createDirectories(at);
            if (new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=" + size, "faults", at.toString()).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException("a small file system cannot be mounted: run it as root, or as unshare --user --map-root-user --mount benchmarks/faults ...");
            }
            mounted.add(at);
        }

        void must(boolean holds, String otherwise) {
            if (!holds) {
                broken.add(otherwise);
            }
        }

        /// Ends the load and counts.
        String outcome() throws Exception {
            incoming.end();
            try (Connection db = register.database()) {
                double settled = incoming.settle(db);
                bad = incoming.count(db) + broken.size();
                broken.forEach(System.out::println);
                return "answered meanwhile %s | %d things taken, %d mails came again, wrong: %d | well after %.1f s, everything told %.1f s after the load".formatted(
                        incoming.answers(), incoming.all(), incoming.repeated(), bad, wellAfter, settled);
            }
        }

        @Override
        public void close() throws Exception {
            sink.be(Sink.Mood.DOWN);
            for (Register other : others) {
                if (other.runs()) {
                    other.kill();
                }
            }
            if (register.runs()) {
                register.stop();
            }
            if (Files.exists(register.folder.resolve("data/postmaster.pid"))) {
                register.postgres("pg_ctl", "stop", "--mode=immediate");
            }
            for (Path at : mounted) {
                new ProcessBuilder("umount", at.toString()).inheritIO().start().waitFor();
            }
            if (bad == 0) {
                delete(folder);
            }
        }
    }

    private interface Question {
        boolean holds() throws Exception;
    }

    /// @return seconds
    private static double until(int seconds, Question question) throws Exception {
        long start = System.nanoTime();
        while (!question.holds()) {
            if (System.nanoTime() - start > seconds * 1e9) {
                throw new IllegalStateException("not after " + seconds + " s");
            }
            Thread.sleep(50);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /// `kill -9` at random moments, of the register or of its database: a fifth of them in the first start, and so in the
    /// making of the database and its migrations, the others at work, some of these in the start after the kill before.
    private static String kills(Trial trial) throws Exception {
        int rounds = Integer.parseInt(System.getenv().getOrDefault("ROUNDS", "15"));
        Register register = trial.register;
        int first = Math.max(1, rounds / 5);
        for (int i = 1; i <= first; i++) {
            register.launch();
            Thread.sleep(500 + trial.random.nextInt(8_000));
            register.kill();
            System.out.printf("kill %d, in the first start: %s%n", i, made(register));
        }
        trial.begin();
        int ofDatabase = 0;
        int atStart = 0;
        int byItself = 0;
        for (int i = first + 1; i <= rounds; i++) {
            Thread.sleep(300 + trial.random.nextInt(3_000));
            if (i % 4 == 0) {
                ofDatabase++;
                register.postmaster().destroyForcibly();
                long start = System.nanoTime();
                Thread.sleep(2_000);
                while (!register.isReady() && register.runs() && System.nanoTime() - start < 30e9) {
                    Thread.sleep(200);
                }
                byItself += register.isReady() ? 1 : 0;
                System.out.printf("kill %d, of the database: %s %.0f s later%n", i, register.isReady() ? "ready again by itself"
                        : register.runs() ? "the register runs, and is not ready" : "the register has ended", (System.nanoTime() - start) / 1e9);
                if (register.isReady()) {
                    continue;
                }
                register.kill();
            } else {
                register.kill();
                try (Connection db = register.database()) { // which outlives it until the next start
                    System.out.printf("kill %d: %d things were taken so far; %s%n", i, trial.incoming.all(), Incoming.inHand(db));
                }
            }
            if (i < rounds && trial.random.nextInt(4) == 0) {
                i++;
                atStart++;
                register.launch();
                Thread.sleep(500 + trial.random.nextInt(6_000));
                register.kill();
                System.out.printf("kill %d, in a start%n", i);
            }
            register.start();
        }
        trial.mended();
        return "%d kills: %d in the first start, %d in a later one, %d of the database (well again by itself %d times); start to ready %d s at most"
                .formatted(rounds, first, atStart, ofDatabase, byItself, register.longestStart);
    }

    /// How far a first start had come.
    private static String made(Register register) {
        if (!Files.exists(register.folder.resolve("data"))) {
            return "no database yet";
        }
        try (Connection db = register.database()) {
            return Sector.number(db, "SELECT count(*) FROM flyway_schema_history WHERE success") + " migrations done";
        } catch (Exception e) {
            return "a database without tables";
        }
    }

    /// A mail server that refuses, is busy, slow, silent and down; at last the register dies between a mail's having been
    /// taken and its being noted.
    private static String mail(Trial trial) throws Exception {
        trial.begin();
        List<String> said = new ArrayList<>();
        for (Sink.Mood mood : List.of(Sink.Mood.REFUSES, Sink.Mood.BUSY, Sink.Mood.SLOW, Sink.Mood.SILENT, Sink.Mood.DOWN)) {
            trial.sink.be(mood);
            Thread.sleep(mood == Sink.Mood.SLOW || mood == Sink.Mood.SILENT ? 45_000 : 10_000);
            try (Connection db = trial.register.database()) {
                if (mood == Sink.Mood.DOWN) {
                    anHour(db);
                }
                String told = text(db, "SELECT last_error FROM delivery WHERE last_error IS NOT NULL AND state <> 'sent' ORDER BY due_at DESC LIMIT 1");
                String unsent = text(db, "SELECT coalesce(array_agg(id), '{}') FROM delivery WHERE state <> 'sent'");
                long waiting = Sector.number(db, "SELECT count(*) FROM delivery WHERE state = 'waiting'");
                long failed = Sector.number(db, "SELECT count(*) FROM delivery WHERE state = 'failed'");
                trial.sink.be(Sink.Mood.WELL);
                for (int council = 1; council <= 2; council++) {
                    again(trial.register, "editor@faults-council-" + council + ".example");
                }
                try (var statement = db.createStatement()) {
                    statement.execute("UPDATE delivery SET due_at = now() WHERE state = 'waiting'");
                }
                double well = until(120, () -> Sector.number(db, "SELECT count(*) FROM delivery WHERE state <> 'sent' AND id = ANY ('" + unsent + "')") == 0);
                said.add("%s: %d waited, %d given up, \"%s\", all gone %.1f s after".formatted(mood, waiting, failed, told, well));
                System.out.println(said.getLast());
            }
        }
        int before = trial.incoming.repeated();
        trial.sink.afterNext = () -> {
            try {
                trial.register.kill();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
        until(60, () -> !trial.register.runs());
        trial.register.start();
        try (Connection db = trial.register.database(); var statement = db.createStatement()) {
            statement.execute("UPDATE delivery SET leased_until = NULL WHERE state = 'waiting'"); // ten minutes, else
            until(60, () -> trial.incoming.repeated() > before);
        }
        trial.mended();
        return String.join("; ", said) + "; killed between taken and noted: came again with its Message-ID";
    }

    /// As if the pauses between tries of an hour had passed.
    private static void anHour(Connection db) throws Exception {
        for (int i = 0; i < 8; i++) { // 15 s, 30 s, 1 min ... : so often in an hour
            try (var statement = db.createStatement()) {
                statement.execute("UPDATE delivery SET due_at = now(), first_due_at = first_due_at - interval '8 minutes' WHERE state = 'waiting' AND tries > 0");
            }
            Thread.sleep(2_000);
        }
    }

    /// What was given up is sent again from the page Deliveries, as people do.
    private static void again(Register register, String who) throws Exception {
        var client = register.signedIn(who);
        var form = java.util.regex.Pattern.compile("action=\"(/organisation/deliveries/[^\"]+)\"");
        while (true) {
            var page = client.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(register.address + "/organisation/deliveries")).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString()).body();
            var found = form.matcher(page);
            if (!found.find()) {
                return;
            }
            String token = Served.token(client, register.address + "/organisation/deliveries");
            do {
                register.post(client, found.group(1), Map.of("_csrf", token));
            } while (found.find());
        }
    }

    /// The database restarted under load: those who are connected cut off, then as if its machine had stopped, then away for
    /// half a minute.
    private static String restart(Trial trial) throws Exception {
        trial.begin();
        List<String> seen = new ArrayList<>();
        for (String mode : List.of("fast", "immediate")) {
            pause(4);
            trial.register.postgres("pg_ctl", "restart", "--wait", "--mode=" + mode);
            trial.mended();
            seen.add("%s: well after %.1f s".formatted(mode, trial.wellAfter));
        }
        System.out.println(seen + " " + trial.incoming.answers());
        trial.register.postgres("pg_ctl", "stop", "--wait", "--mode=fast");
        pause(30);
        start(trial.register, 0);
        trial.mended();
        return String.join("; ", seen) + "; away for 30 s";
    }

    /// Starts the database alone.
    ///
    /// @param port 0 for that which it had
    private static void start(Register register, int port) throws Exception {
        String had = Files.readString(register.folder.resolve("data/postmaster.opts")).replaceAll("(?s).*\"-p\" \"(\\d+)\".*", "$1");
        if (register.postgres("pg_ctl", "start", "--wait", "--options=-p " + (port == 0 ? had : port)) != 0) {
            throw new IllegalStateException("the database does not start");
        }
    }

    /// Two registers on one database that is neither's own; one of them dies under load, twice.
    private static String nodes(Trial trial) throws Exception {
        trial.register.start().stop(); // makes the database, and its first account
        int port = trial.port + 2;
        start(trial.register, port);
        var secrets = new java.util.Properties();
        try (var in = Files.newBufferedReader(trial.register.folder.resolve("secrets"))) {
            secrets.load(in);
        }
        List<String> settings = new ArrayList<>(Trial.mailTo(trial.sink));
        settings.add("reeve.database.url=jdbc:postgresql://127.0.0.1:" + port + "/reeve");
        for (String role : List.of("migrator", "web", "jobs")) {
            settings.add("reeve.database." + role + "-password=" + secrets.getProperty(role));
        }
        Register one = trial.also(new Register(trial.folder.resolve("one"), trial.port + 3, trial.java, settings));
        Register other = trial.also(new Register(trial.folder.resolve("other"), trial.port + 4, trial.java, settings));
        for (Register node : List.of(one, other)) {
            Files.copy(trial.register.folder.resolve("seal.key"), node.folder.resolve("seal.key"));
            node.start();
        }
        trial.work(one, other);
        List<String> seen = new ArrayList<>();
        for (Register node : List.of(other, one)) {
            pause(5);
            int before = trial.incoming.all();
            node.kill();
            trial.mended();
            seen.add("one dead, the other well: %.1f s".formatted(trial.wellAfter));
            pause(10);
            if (trial.incoming.all() <= before) {
                throw new IllegalStateException("the other takes nothing");
            }
            node.start();
        }
        pause(5);
        trial.mended();
        return String.join("; ", seen);
    }

    /// The file system of the data folder is full: the database, advisories, the log.
    private static String disk(Trial trial) throws Exception {
        trial.mount(trial.register.folder, "500m");
        trial.register.settings();
        trial.begin();
        fill(trial.register.folder);
        pause(20);
        boolean ran = trial.register.runs();
        boolean ready = trial.register.isReady();
        String said = trial.incoming.answers();
        Files.delete(trial.register.folder.resolve("filler"));
        boolean byItself = trial.again();
        return "full for 20 s: the register %s, ready: %s; answers %s; well again by itself: %s".formatted(ran ? "ran on" : "ended", ready, said, byItself);
    }

    /// The file system of the logs alone is full.
    private static String log(Trial trial) throws Exception {
        Path logs = trial.folder.resolve("logs");
        Files.createDirectories(logs);
        trial.mount(logs, "4m");
        trial.register.start().stop();
        for (String log : List.of("reeve.log", "postgresql.log")) {
            Files.deleteIfExists(trial.register.folder.resolve(log));
            Files.createSymbolicLink(trial.register.folder.resolve(log), logs.resolve(log));
        }
        trial.begin();
        int before = trial.incoming.taken("advisory");
        fill(logs);
        pause(20);
        int meanwhile = trial.incoming.taken("advisory") - before;
        if (meanwhile == 0) {
            throw new IllegalStateException("nothing is taken while the log is full");
        }
        Files.delete(logs.resolve("filler"));
        trial.mended();
        return "full for 20 s, and %d advisories were taken meanwhile".formatted(meanwhile);
    }

    private static void fill(Path folder) throws IOException {
        try (var out = Files.newOutputStream(folder.resolve("filler"))) {
            byte[] much = new byte[1 << 12];
            while (true) {
                out.write(much);
            }
        } catch (IOException e) {
            System.out.println(folder + ": " + e.getMessage());
        }
    }

    /// Uploads that never end: many that drip, with a length and without, and some that pour.
    private static String endless(Trial trial) throws Exception {
        trial.begin();
        trial.incoming.end(); // the quiet figure is one without load
        double quiet = p95(trial.register, 200);
        int drips = 300;
        var ended = new java.util.concurrent.ConcurrentHashMap<String, java.util.concurrent.atomic.AtomicInteger>();
        List<Thread> uploads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < drips; i++) {
            boolean chunked = i % 2 == 0;
            uploads.add(Thread.ofVirtual().start(() -> ended.computeIfAbsent(drip(trial.port, chunked, 150), _ -> new java.util.concurrent.atomic.AtomicInteger()).incrementAndGet()));
        }
        pause(5);
        double busy = p95(trial.register, 200);
        trial.incoming.begin();
        trial.mended();
        for (Thread upload : uploads) {
            upload.join();
        }
        double last = (System.nanoTime() - start) / 1e9;
        String seen = "%d uploads of a byte a second: p95 of others %.0f ms, quiet %.0f ms; they ended within %.0f s: %s".formatted(drips, busy, quiet, last, ended);
        trial.must(busy <= 2 * quiet, "others wait more than twice as long");
        trial.must(ended.keySet().stream().noneMatch(how -> how.contains("not ended")), "an upload is not ended");
        return seen;
    }

    /// @return how it was ended, in words
    private static String drip(int port, boolean chunked, int seconds) {
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1_000);
            var out = socket.getOutputStream();
            out.write(("POST /api/v1/products/faults/releases/1/sboms?audience=verified&accept-name=true HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + Incoming.KEY + "faults-supplier\r\nContent-Type: application/json\r\n" + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: 100000000") + "\r\n\r\n").getBytes());
            byte[] drop = (chunked ? "1\r\n \r\n" : " ").getBytes();
            for (int i = 0; i < seconds; i++) {
                out.write(drop);
                out.flush();
                try {
                    byte[] answer = socket.getInputStream().readNBytes(12);
                    return answer.length == 12 ? new String(answer) : "cut off";
                } catch (java.net.SocketTimeoutException e) {
                    // on it goes
                }
            }
            return "not ended after " + seconds + " s";
        } catch (IOException e) {
            return "cut off";
        }
    }

    private static double p95(Register register, int times) throws Exception {
        var client = register.administrator();
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            var answer = client.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(register.address + (i % 2 == 0 ? "/products" : "/advisories"))).build(),
                    java.net.http.HttpResponse.BodyHandlers.ofString());
            took[i] = (System.nanoTime() - start) / 1e6;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("a page: " + answer.statusCode());
            }
        }
        Arrays.sort(took);
        return took[(int) (times * 0.95)];
    }

    /// All connections of the pages' pool taken, and the jobs' held up: tables locked for a minute, and more callers than
    /// connections.
    private static String pool(Trial trial) throws Exception {
        trial.begin();
        var answers = new java.util.concurrent.ConcurrentHashMap<String, java.util.concurrent.atomic.AtomicInteger>();
        var slowest = new java.util.concurrent.atomic.AtomicLong();
        List<Thread> callers = new ArrayList<>();
        try (Connection locks = trial.register.database()) {
            locks.setAutoCommit(false);
            locks.createStatement().execute("LOCK TABLE api_key, outbox, delivery IN ACCESS EXCLUSIVE MODE");
            long end = System.nanoTime() + 60_000_000_000L;
            for (int i = 0; i < 60; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    try (var client = java.net.http.HttpClient.newHttpClient()) {
                        while (System.nanoTime() < end) {
                            long start = System.nanoTime();
                            var answer = client.send(java.net.http.HttpRequest.newBuilder(java.net.URI.create(trial.register.address + "/api/v1/products"))
                                    .header("Authorization", "Bearer " + Incoming.KEY + "faults-supplier").build(), java.net.http.HttpResponse.BodyHandlers.ofString());
                            slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                            answers.computeIfAbsent(Incoming.said(answer), _ -> new java.util.concurrent.atomic.AtomicInteger()).incrementAndGet();
                        }
                    } catch (Exception e) {
                        answers.computeIfAbsent(e.toString(), _ -> new java.util.concurrent.atomic.AtomicInteger()).incrementAndGet();
                    }
                }));
            }
            pause(60);
            locks.rollback();
        }
        trial.mended();
        for (Thread caller : callers) {
            caller.join();
        }
        double seconds = slowest.get() / 1e9;
        trial.must(seconds < 35, "an answer took %.0f s".formatted(seconds));
        return "60 callers for a minute, while nobody can look up a key: %s, the slowest after %.0f s".formatted(answers, seconds);
    }

    private static void pause(int seconds) throws InterruptedException {
        Thread.sleep(1_000L * seconds);
    }

    private static String text(Connection db, String sql) throws Exception {
        try (var statement = db.createStatement(); var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "nothing";
        }
    }
}
