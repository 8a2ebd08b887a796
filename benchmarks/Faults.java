import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

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
        ALL.put("clock", Faults::clock);
        ALL.put("reply", Faults::reply);
        ALL.put("feed", Faults::feed);
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
                    String seen = fault.getValue().on(trial);
                    rows.add(fault.getKey() + " | " + seen + " | " + trial.outcome());
                    wrong |= trial.bad > 0;
                } catch (Skipped e) {
                    rows.add(fault.getKey() + " | SKIPPED: " + e.getMessage());
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

    /// What cannot be done here, and what would be needed.
    private static final class Skipped extends RuntimeException {

        Skipped(String why) {
            super(why);
        }
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
        int bad = 1; // until it was counted
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
                throw new Skipped("a small file system cannot be mounted: run it as root, or as unshare --user --map-root-user --mount benchmarks/faults ...");
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
            others.add(register);
            for (Register one : others) {
                Path log = one.folder.resolve("reeve.log");
                if (Files.exists(log)) { // on whichever file system it lies
                    Files.copy(log, folder.resolveSibling(folder.getFileName() + "-" + one.folder.getFileName() + ".log"));
                }
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
            int before = trial.incoming.all();
            until(180, () -> trial.incoming.all() > before); // it is at work again
            Thread.sleep(trial.random.nextInt(3_000));
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
        var form = Pattern.compile("action=\"(/organisation/deliveries/[^\"]+)\"");
        while (true) {
            var found = form.matcher(register.get(client, "/organisation/deliveries").body());
            if (!found.find()) {
                return;
            }
            String token = register.token(client, "/organisation/deliveries");
            do {
                register.post(client, found.group(1), Map.of("_csrf", token));
            } while (found.find());
        }
    }

    /// The database restarted under load: those who are connected cut off, then as if its machine had stopped, then away for
    /// half a minute.
    private static String restart(Trial trial) throws Exception {
        trial.work(apart(trial, 3));
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

    /// A register on a database that is not its own: that which the trial's own register made.
    private static Register apart(Trial trial, int nth) throws Exception {
        int port = trial.port + 2;
        if (!Files.exists(trial.register.folder.resolve("data"))) {
            trial.register.start().stop(); // makes it, and its first account
            start(trial.register, port);
        }
        Properties secrets = new Properties();
        try (var in = Files.newBufferedReader(trial.register.folder.resolve("secrets"))) {
            secrets.load(in);
        }
        List<String> settings = new ArrayList<>(Trial.mailTo(trial.sink));
        settings.add("reeve.database.url=jdbc:postgresql://127.0.0.1:" + port + "/reeve");
        for (String role : List.of("migrator", "web", "jobs")) {
            settings.add("reeve.database." + role + "-password=" + secrets.getProperty(role));
        }
        Register node = trial.also(new Register(trial.folder.resolve("node" + nth), trial.port + nth, trial.java, settings));
        Files.copy(trial.register.folder.resolve("seal.key"), node.folder.resolve("seal.key"));
        return node.start();
    }

    /// Two registers on one database that is neither's own; one of them dies under load, twice.
    private static String nodes(Trial trial) throws Exception {
        Register one = apart(trial, 3);
        Register other = apart(trial, 4);
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
        var ended = new ConcurrentHashMap<String, AtomicInteger>();
        List<Thread> uploads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < drips; i++) {
            boolean chunked = i % 2 == 0;
            uploads.add(Thread.ofVirtual().start(() -> ended.computeIfAbsent(drip(trial.port, chunked, 150), _ -> new AtomicInteger()).incrementAndGet()));
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
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
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
                } catch (SocketTimeoutException e) {
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
            var answer = register.get(client, i % 2 == 0 ? "/products" : "/advisories");
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
        var answers = new ConcurrentHashMap<String, AtomicInteger>();
        var slowest = new AtomicLong();
        List<Thread> callers = new ArrayList<>();
        try (Connection locks = trial.register.database()) {
            locks.setAutoCommit(false);
            locks.createStatement().execute("LOCK TABLE api_key, outbox, delivery IN ACCESS EXCLUSIVE MODE");
            long end = System.nanoTime() + 60_000_000_000L;
            for (int i = 0; i < 60; i++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    try (var client = HttpClient.newHttpClient()) {
                        while (System.nanoTime() < end) {
                            long start = System.nanoTime();
                            var answer = client.send(HttpRequest.newBuilder(URI.create(trial.register.address + "/api/v1/products"))
                                    .header("Authorization", "Bearer " + Incoming.KEY + "faults-supplier").build(), HttpResponse.BodyHandlers.ofString());
                            slowest.accumulateAndGet(System.nanoTime() - start, Math::max);
                            answers.computeIfAbsent(answer.statusCode() == 200 ? "200" : Incoming.said(answer), _ -> new AtomicInteger()).incrementAndGet();
                        }
                    } catch (Exception e) {
                        answers.computeIfAbsent(e.toString(), _ -> new AtomicInteger()).incrementAndGet();
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

    /// The clock of the register and of its database set back an hour, and right again; then forward, and right again.
    private static String clock(Trial trial) throws Exception {
        Path set = trial.folder.resolve("clock");
        Files.writeString(set, "+0");
        // without the last, libfaketime 0.9.10 makes the JVM's waits end at once, again and again
        trial.register.with("LD_PRELOAD", faketime()).with("FAKETIME_TIMESTAMP_FILE", set.toString())
                .with("FAKETIME_CACHE_DURATION", "1").with("FAKETIME_DONT_FAKE_MONOTONIC", "1").with("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        trial.begin();
        List<String> seen = new ArrayList<>();
        for (String offset : List.of("-3600", "+0", "+3600", "+0")) {
            Files.writeString(set, offset);
            pause(5);
            try {
                trial.mended();
                seen.add("%s s: well after %.1f s".formatted(offset, trial.wellAfter));
            } catch (IllegalStateException e) {
                trial.must(false, offset + " s: " + e.getMessage());
                seen.add(offset + " s: not well within " + Incoming.WELL + " s");
            }
            System.out.println(seen.getLast() + " " + trial.incoming.answers());
        }
        return String.join(", then ", seen);
    }

    /// Debian's package libfaketime.
    private static String faketime() throws IOException {
        String named = System.getenv("FAKETIME_LIB");
        if (named != null) {
            return named;
        }
        try (var found = Files.find(Path.of("/usr/lib"), 4, (path, _) -> path.getFileName().toString().equals("libfaketimeMT.so.1"))) {
            return found.findFirst().orElseThrow(() -> new Skipped("libfaketime is not installed (apt-get install libfaketime)")).toString();
        }
    }

    /// A mail server whose reply has no end; on another connection it is well.
    private static String reply(Trial trial) throws Exception {
        trial.begin();
        trial.sink.be(Sink.Mood.ENDLESS);
        pause(5);
        int before = trial.sink.taken.size();
        double next;
        try {
            next = until(180, () -> trial.sink.taken.size() > before);
        } catch (IllegalStateException e) {
            trial.must(false, "no mail went for three minutes");
            trial.register.kill();
            trial.register.start();
            trial.mended();
            return "no mail went for three minutes, until the register was started anew";
        }
        trial.mended();
        return "the next mail went %.1f s later".formatted(next);
    }

    /// An address of CISA's list that answers with a web page, a fault, half of it, a few bytes or nothing, or ever so slowly; then well.
    private static String feed(Trial trial) throws Exception {
        Map<String, byte[]> moods = new LinkedHashMap<>();
        String list = kev(2_000);
        moods.put("is a web page", http("200 OK", "<html>Sign in</html>", 0));
        moods.put("answered 500", http("500 Internal Server Error", "", 0));
        moods.put("could not be fetched whole", http("200 OK", list, 1_000));
        moods.put("fewer than half", http("200 OK", kev(1), 0));
        AtomicReference<byte[]> answer = new AtomicReference<>();
        try (ServerSocket server = new ServerSocket(trial.port + 5, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(server, answer));
            trial.register.also("reeve.kev.url=http://localhost:" + (trial.port + 5) + "/kev.json");
            answer.set(http("503 Service Unavailable", "", 0));
            trial.begin();
            for (var mood : moods.entrySet()) {
                answer.set(mood.getValue());
                told(trial, mood.getKey());
            }
            answer.set(new byte[0]); // an answer that never comes
            fetch(trial);
            trial.mended(); // while it waits
            pause(65);
            told(trial, "could not be fetched whole");
            answer.set(http("200 OK", list, 0));
            fetch(trial);
            until(30, () -> !trial.register.get(trial.register.administrator(), "/admin/sources").body().contains("went wrong"));
        }
        told(trial, "could not be fetched whole"); // nobody listens
        trial.mended();
        return "each was told in a sentence of its own: " + moods.keySet() + "; others went on while it was silent; then well";
    }

    private static void fetch(Trial trial) throws Exception {
        HttpClient administrator = trial.register.administrator();
        trial.register.post(administrator, "/admin/sources/fetching", Map.of("_csrf", trial.register.token(administrator, "/admin/sources")));
    }

    /// Fetches, and waits until the page says so.
    private static void told(Trial trial, String words) throws Exception {
        fetch(trial);
        until(90, () -> trial.register.get(trial.register.administrator(), "/admin/sources").body().contains(words));
    }

    private static byte[] http(String status, String body, int missing) {
        String whole = "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        return whole.substring(0, whole.length() - missing).getBytes();
    }

    /// CISA's list as of today, invented.
    private static String kev(int entries) {
        String day = java.time.LocalDate.now(java.time.ZoneOffset.UTC).toString();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            all.add("{\"cveID\": \"CVE-2098-%d\", \"dateAdded\": \"%s\", \"dueDate\": \"%s\", \"knownRansomwareCampaignUse\": \"Unknown\"}".formatted(10_000 + i, day, day));
        }
        return "{\"catalogVersion\": \"%s\", \"dateReleased\": \"%sT10:00:00.0000Z\", \"count\": %d, \"vulnerabilities\": [%s]}".formatted(day, day, entries, String.join(",", all));
    }

    /// Gives everybody the same answer; none while that is empty.
    private static void answer(ServerSocket server, AtomicReference<byte[]> answer) {
        try {
            while (true) {
                Socket one = server.accept();
                Thread.ofVirtual().start(() -> {
                    try (one) {
                        one.getInputStream().read(new byte[8_192]);
                        byte[] now = answer.get();
                        if (now.length == 0) {
                            pause(600);
                        }
                        one.getOutputStream().write(now);
                    } catch (IOException | InterruptedException e) {
                        // gone
                    }
                });
            }
        } catch (IOException e) {
            // closed
        }
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
