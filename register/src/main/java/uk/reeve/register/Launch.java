package uk.reeve.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.event.ContextClosedEvent;
import uk.reeve.register.audit.Seals;
import uk.reeve.register.database.DataFolder;
import uk.reeve.register.database.DatabaseProblem;
import uk.reeve.register.demo.Morning;

/// Starts the register from the command line. What it has to say fits on one line: that it is ready, or why it is not;
/// the rest is in `reeve.log` of the data folder.
final class Launch {

    private static final int USUAL_PORT = 8080;

    private Launch() {}

    /// @return the exit status; -1 while it runs
    static int run(String[] words) {
        if (List.of(words).contains("--help") || List.of(words).contains("-h")) {
            System.out.print(Order.USAGE);
            return 0;
        }
        Path log = Path.of("reeve.log");
        try {
            Order order = Order.of(List.of(words));
            log = order.data().resolve("reeve.log");
            return switch (order) {
                case Order.Serve serve -> serve(serve, log);
                case Order.PressMorning morning -> done(Morning.press(address(morning)));
                case Order.BackUp backUp -> done(Upkeep.backUp(backUp));
                case Order.FillFrom fill -> done(Upkeep.fill(fill));
                case Order.TellSettings settings -> done(Settings.told(settings.data()));
                case Order.VerifyAudit audit -> {
                    Seals.Verdict verdict = Upkeep.verify(audit);
                    System.out.println(verdict.words());
                    yield verdict.whole() ? 0 : 1;
                }
            };
        } catch (IllegalArgumentException | DatabaseProblem e) {
            return say(e, 2);
        } catch (UncheckedIOException e) {
            return say(e, 70);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof DatabaseProblem || cause instanceof PortInUseException) {
                    return say(cause, 2);
                }
            }
            LoggerFactory.getLogger(Launch.class).info("Reeve does not start", e); // the console shows warnings only
            System.err.println("reeve: this is a fault of Reeve's; the whole story is in " + log);
            return 70;
        }
    }

    private static int done(String words) {
        System.out.println(words);
        return 0;
    }

    private static int serve(Order.Serve order, Path log) throws DatabaseProblem {
        DataFolder.open(order.data(), order.demo() ? DataFolder.Kind.DEMO : DataFolder.Kind.REAL);
        Settings.check(order.data());
        listen(order);
        start(order, log);
        return -1;
    }

    private static int say(Throwable problem, int status) {
        System.err.println("reeve: " + problem.getMessage());
        return status;
    }

    private static int port(Order.Serve order) {
        return order.port() == 0
                ? Integer.parseInt(Settings.of(order.data()).getProperty("server.port", "" + USUAL_PORT))
                : order.port();
    }

    /// Asked before anything is started, so that the answer comes at once.
    private static void listen(Order.Serve order) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    order.demo()
                            ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port(order))
                            : new InetSocketAddress(port(order)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Port " + port(order) + " cannot be used (" + e.getMessage() + "). Name another with --port.", e);
        }
    }

    private static void start(Order.Serve order, Path log) {
        List<String> settings = new ArrayList<>(List.of(
                "--reeve.data=" + order.data(),
                "--reeve.demo=" + order.demo(), // on the command line, so that no other setting turns it on
                "--server.port=" + port(order),
                "--spring.config.additional-location=optional:file:" + Settings.file(order.data()),
                "--logging.file.name=" + log,
                "--logging.threshold.console=WARN",
                "--logging.level.org.springframework.boot.SpringApplication=OFF",
                "--logging.level.org.springframework.boot.diagnostics=OFF",
                "--logging.level.org.springdoc=ERROR", // that the API is described is meant
                "--logging.level.org.springframework.web.servlet.PageNotFound=ERROR"));
        if (order.demo()) {
            settings.add("--server.address=127.0.0.1");
            settings.add("--reeve.database.url="); // its own database, never somebody's
            settings.add("--reeve.mail.host="); // no mail leaves
        }
        String metrics = Settings.of(order.data()).getProperty("reeve.metrics.port", "");
        if (!metrics.isBlank() && !order.demo()) { // never where people ask: who asks what is nobody else's
            settings.add("--management.server.port=" + metrics);
            settings.add("--management.server.address=127.0.0.1");
            settings.add("--management.endpoints.web.exposure.include=health,prometheus");
        }
        Path file = order.data().resolve("address"); // for --morning
        SpringApplication application = new SpringApplication(RegisterApplication.class);
        application.setDefaultProperties(Map.of("reeve.address", "http://localhost:" + port(order)));
        application.addListeners((ContextClosedEvent _) -> file.toFile().delete());
        application.run(settings.toArray(String[]::new));
        String address = "http://localhost:" + port(order) + "/";
        write(file, address);
        System.out.println("Reeve is ready: " + address); // after whatever the modules have to say
    }

    private static String address(Order.PressMorning order) {
        if (order.port() != 0) {
            return "http://localhost:" + order.port() + "/";
        }
        try {
            return Files.readString(order.data().resolve("address")).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "No demonstration runs in " + order.data() + ". Start it with reeve demo, or name its --port.", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
