package uk.reeve.register;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// A new data folder, and a mail server, for each application context.
final class FreshFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "register");
            TestPropertyValues.of(
                            "reeve.data=" + folder.toAbsolutePath(),
                            "reeve.webhooks.allow=127.0.0.2", // where tests listen; 127.0.0.1 stays inside
                            "reeve.mail.host=127.0.0.1",
                            "reeve.mail.port=" + MailSink.port())
                    .applyTo(context);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
