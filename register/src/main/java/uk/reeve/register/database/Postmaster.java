package uk.reeve.register.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.springframework.util.FileSystemUtils;

/// The server process on a data folder, made, started and stopped by PostgreSQL's own `initdb` and `pg_ctl`.
///
/// `pg_ctl` rather than `postgres` as our child: it takes the server out of the terminal's process group, so
/// that Ctrl-C stops the register first and its database after it, and on Windows it drops an administrator's
/// rights.
final class Postmaster {

    private static final long ROOM_FOR_A_NEW_DATABASE = 200L << 20;
    private static final long LARGEST_LOG = 10L << 20;

    private static final String SETTINGS = """

            # Reeve
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            timezone = 'UTC'
            log_line_prefix = '%m [%p] %q%u '
            """;
    private static final String WHO_MAY_CONNECT = """
            # Reeve: this machine only, by password only
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path bin;
    private final Path folder;
    private final Path data;
    private final Path log;

    Postmaster(Path home, Path folder) {
        this.bin = home.resolve("bin");
        this.folder = folder;
        this.data = folder.resolve("data");
        this.log = folder.resolve("postgresql.log");
    }

    /// Makes the database cluster where none is yet. Half of one, left by a crash, is made anew.
    void create(String superuserPassword) throws IOException, DatabaseProblem {
        if (Files.exists(data)) {
            return;
        }
        long room = Files.getFileStore(folder).getUsableSpace();
        if (room < ROOM_FOR_A_NEW_DATABASE) {
            throw new DatabaseProblem("There is no room for a database in %s: %d MB are free, %d are needed."
                    .formatted(folder, room >> 20, ROOM_FOR_A_NEW_DATABASE >> 20));
        }
        Path fresh = folder.resolve("data.new");
        FileSystemUtils.deleteRecursively(fresh);
        Path password = folder.resolve("password");
        Files.deleteIfExists(password);
        Files.createFile(password, DataFolder.onlyFor(password, "rw-------"));
        try {
            Files.writeString(password, superuserPassword + "\n");
            long before = logSize();
            // Locale C with the built-in provider's C.UTF-8: the same order and letters on every platform.
            int status = run(
                    "initdb",
                    "--pgdata=" + fresh,
                    "--username=postgres",
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--no-locale",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--data-checksums");
            if (status != 0) {
                throw new DatabaseProblem(explain(logFrom(before)));
            }
        } finally {
            Files.delete(password);
        }
        Files.writeString(fresh.resolve("postgresql.conf"), SETTINGS, StandardOpenOption.APPEND);
        Files.writeString(fresh.resolve("pg_hba.conf"), WHO_MAY_CONNECT);
        Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Starts the server and waits until it takes connections; that includes mending what a crash left.
    ///
    /// @return the port on 127.0.0.1, a free one each time
    int start() throws IOException, DatabaseProblem {
        if (logSize() > LARGEST_LOG) {
            Files.move(log, folder.resolve("postgresql.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        String said = "";
        for (int tries = 0; tries < 3; tries++) {
            long before = logSize();
            int port = freePort();
            if (start(port) == 0) {
                return port;
            }
            said = logFrom(before);
            if (!portTaken(said)) { // somebody took the port between our asking and the server's
                break;
            }
        }
        throw new DatabaseProblem(explain(said));
    }

    private int start(int port) throws IOException, DatabaseProblem {
        return run(
                "pg_ctl",
                "start",
                "--wait",
                "--timeout=600",
                "--pgdata=" + data,
                "--log=" + log,
                "--options=-p " + port);
    }

    /// Starts the server again after it has ended, on the port that everybody knows.
    void startAgain(int port) throws IOException, DatabaseProblem {
        long before = logSize();
        if (start(port) != 0) {
            throw new DatabaseProblem(explain(logFrom(before)));
        }
    }

    boolean runs() throws IOException {
        return running().isPresent();
    }

    /// The port of the live server on this folder, line 4 of `postmaster.pid`.
    OptionalInt port() throws IOException {
        if (running().isEmpty()) {
            return OptionalInt.empty();
        }
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        return lines.size() > 3 && lines.get(3).matches("[0-9]{1,5}")
                ? OptionalInt.of(Integer.parseInt(lines.get(3)))
                : OptionalInt.empty(); // it only begins to run
    }

    /// Stops the server, if one runs: clients are cut off, what they committed is kept.
    void stop() throws IOException, DatabaseProblem {
        for (String mode : List.of("fast", "immediate")) {
            if (running().isEmpty()) {
                return;
            }
            stop(mode, 60);
        }
        Optional<ProcessHandle> left = running();
        if (left.isPresent()) {
            throw new DatabaseProblem(
                    "PostgreSQL does not stop (process %d, folder %s). End that process, then try again."
                            .formatted(left.get().pid(), folder));
        }
    }

    /// Takes no new connections, and waits up to 20 seconds for those there are to end.
    void letFinish() throws IOException, DatabaseProblem {
        if (running().isPresent()) {
            stop("smart", 20);
        }
    }

    private void stop(String mode, int seconds) throws IOException, DatabaseProblem {
        run("pg_ctl", "stop", "--wait", "--timeout=" + seconds, "--mode=" + mode, "--pgdata=" + data);
    }

    /// Stops the server that a killed register left behind, and forgets a process number that means another
    /// process by now: PostgreSQL would take that for a server of its own and refuse.
    void stopOrphan() throws IOException, DatabaseProblem {
        stop();
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    /// The live server that `postmaster.pid` tells of: line 1 the process, line 3 its start in seconds since
    /// 1970. That it is this one shows in its arguments, or (Windows tells none) in its start.
    private Optional<ProcessHandle> running() throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 3 || !(lines.get(0) + lines.get(2)).matches("[0-9]{1,30}")) {
            return Optional.empty();
        }
        Instant started = Instant.ofEpochSecond(Long.parseLong(lines.get(2)));
        return ProcessHandle.of(Long.parseLong(lines.get(0))).filter(process -> isServer(process.info(), started));
    }

    private boolean isServer(ProcessHandle.Info process, Instant started) {
        String program = process.command().orElse(""); // none for one that ended and was not yet collected
        boolean postgres = program.endsWith("postgres") || program.endsWith("postgres.exe");
        boolean ours = process.arguments().stream().flatMap(Arrays::stream).anyMatch(data.toString()::equals);
        return postgres
                && (ours
                        || process.startInstant()
                                .map(start ->
                                        Duration.between(start, started).abs().toSeconds() < 10)
                                .orElse(false));
    }

    /// Runs one of PostgreSQL's programs; what it says goes to the log.
    private int run(String program, String... arguments) throws IOException, DatabaseProblem {
        List<String> command = new ArrayList<>(asNobody());
        command.add(bin.resolve(program).toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new DatabaseProblem("Interrupted while waiting for PostgreSQL's " + program + ".", e);
        }
    }

    // PostgreSQL refuses root. In a user namespace of its own root is nobody, and still owns its files.
    private static List<String> asNobody() throws IOException {
        Path self = Path.of("/proc/self");
        boolean root =
                Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
        return root ? List.of("unshare", "--user") : List.of();
    }

    /// One sentence from what PostgreSQL said when it failed.
    String explain(String said) {
        if (said.contains("No space left on device") || said.contains("There is not enough space on the disk")) {
            return "There is no room left for the database in %s. Make room, then start again.".formatted(folder);
        }
        if (said.contains("unshare") || said.contains("cannot be run as root")) {
            return "PostgreSQL refuses to run as root, and this machine does not let root be another user. Start Reeve as a user without such rights.";
        }
        if (portTaken(said)) {
            return "PostgreSQL found no free port on 127.0.0.1. Its log: %s.".formatted(log);
        }
        if (said.contains("lock file \"postmaster.pid\" already exists")) {
            return "Another PostgreSQL that runs uses the folder %s. Stop it, or name another folder.".formatted(data);
        }
        if (said.contains("database files are incompatible with server")) {
            return "The database in %s was made by another version of PostgreSQL than this build's. Back it up with the Reeve that made it, and restore into a new folder."
                    .formatted(folder);
        }
        String reason = said.lines()
                .filter(line -> line.contains("FATAL:") || line.contains("error:"))
                .findFirst()
                .map(line -> line.replaceFirst(".*(?:FATAL|error): *", ""))
                .orElse("it gave no reason");
        return "PostgreSQL does not start: %s. Its log: %s.".formatted(reason, log);
    }

    private static boolean portTaken(String said) {
        return said.contains("could not create any TCP/IP sockets");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private long logSize() throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private String logFrom(long start) throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(1 << 20, channel.size() - start));
            channel.read(bytes, start);
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        }
    }
}
