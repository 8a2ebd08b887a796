package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.util.Timeout;

/// One file off an address that whoever runs the register has set. No redirects; limits on
/// silence, time and bytes.
final class Download {

    private static final Timeout SILENCE = Timeout.of(60, TimeUnit.SECONDS);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Download() {}

    /// @param most how many bytes it may have
    /// @throws IOException says in a sentence why it could not be had, without names and passwords of the address
    static void to(Path file, URI address, long most) throws IOException {
        try (CloseableHttpClient http = HttpClients.custom()
                .useSystemProperties()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .setUserAgent("Reeve")
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .useSystemProperties()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(15, TimeUnit.SECONDS))
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(SILENCE).build())
                .build()) {
            http.execute(new HttpGet(address), answer -> {
                keep(file, answer, most);
                return null;
            });
        } catch (Told e) {
            throw e;
        } catch (IOException e) {
            throw new Told("could not be fetched whole: " + e.getMessage());
        }
    }

    private static void keep(Path file, ClassicHttpResponse answer, long most) throws IOException {
        if (answer.getCode() != 200) {
            throw new Told("answered " + answer.getCode()
                    + (answer.getCode() / 100 == 3
                            ? ", a redirect; set the address to which it leads"
                            : ", where 200 was expected"));
        }
        if (answer.getEntity() == null) {
            throw new Told("answered with nothing");
        }
        try (InputStream in = answer.getEntity().getContent();
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            long left = most;
            long end = System.nanoTime() + LONGEST.toNanos();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                left -= read;
                if (left < 0) {
                    throw new Told("is larger than " + most / 1_000_000 + " MB, more than it may be");
                }
                if (System.nanoTime() > end) {
                    throw new Told("took longer than " + LONGEST.toMinutes() + " minutes");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    /// A sentence already.
    private static final class Told extends IOException {

        private static final long serialVersionUID = 1L;

        Told(String sentence) {
            super(sentence);
        }
    }
}
