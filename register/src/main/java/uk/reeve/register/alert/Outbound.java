package uk.reeve.register.alert;

import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Calls to addresses that people typed in (RULINGS 27): a name is resolved once, and the connection goes to what was
/// checked; nothing within this network, unless the installation's administrator lists it; no redirects; limits on time
/// and bytes.
@Component
public class Outbound {

    /// From the name's look-up to the end of the answer.
    static final int SECONDS = 15;

    private static final int MOST_BYTES = 16_384; // of the answer, which is read only to its end

    private final List<Range> listed;

    /// @param allow networks and addresses by commas that count as outside: `10.20.0.0/16,192.0.2.7`
    public Outbound(@Value("${reeve.webhooks.allow:}") String allow) {
        this.listed = Stream.of(allow.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(Range::of)
                .toList();
    }

    /// It did not go: why, in a sentence for whoever typed the address. Tells nothing of this network.
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String sentence) {
            super(sentence);
        }
    }

    /// What is wrong with an address before anything is looked up; null where nothing is.
    @Nullable
    String wrong(String url) {
        try {
            URI uri = new URI(url);
            String host = uri.getHost();
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (url.length() > 2000
                    || !web
                    || host == null
                    || uri.getRawUserInfo() != null
                    || uri.getFragment() != null) {
                return "Enter a web address that begins with https://, without a name or password in it";
            }
            return "http".equals(uri.getScheme()) && listed.isEmpty() ? "The address must begin with https://" : null;
        } catch (java.net.URISyntaxException e) {
            return "Enter a web address that begins with https://";
        }
    }

    /// Sends one POST and waits for the answer.
    ///
    /// @return the status
    /// @throws Refused also where the answer is none of 200 to 299
    int post(String url, byte[] body, Map<String, String> headers) throws Refused {
        String wrong = wrong(url);
        if (wrong != null) {
            throw new Refused(wrong);
        }
        HttpPost request = new HttpPost(URI.create(url));
        headers.forEach(request::setHeader);
        request.setHeader("User-Agent", "Reeve");
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        try (ExecutorService alone = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> answer = alone.submit(() -> send(request));
            try {
                int status = answer.get(SECONDS, TimeUnit.SECONDS);
                if (status < 200 || status > 299) {
                    throw new Refused(
                            status >= 300 && status < 400
                                    ? "It answered " + status + ", a redirect; these are not followed"
                                    : "It answered " + status);
                }
                return status;
            } catch (TimeoutException e) {
                throw new Refused("It did not answer within " + SECONDS + " seconds");
            } catch (ExecutionException e) {
                throw new Refused(sentence(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused("The register was stopped meanwhile");
            } finally {
                request.cancel();
                answer.cancel(true);
            }
        }
    }

    private int send(HttpPost request) throws IOException {
        boolean plain = "http".equals(request.getScheme());
        try (CloseableHttpClient http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Checked(plain))
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.ofSeconds(5))
                                .setSocketTimeout(Timeout.ofSeconds(10))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.ofSeconds(10))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build()) {
            return http.execute(request, answer -> {
                HttpEntity entity = answer.getEntity();
                if (entity != null) {
                    try (InputStream content = entity.getContent()) {
                        if (content.readNBytes(MOST_BYTES + 1).length > MOST_BYTES) {
                            request.abort(); // enough was said
                        }
                    }
                }
                return answer.getCode();
            });
        }
    }

    private static String sentence(ExecutionException e) {
        for (Throwable one = e; one != null; one = one.getCause()) {
            if (one instanceof Inside) {
                return String.valueOf(one.getMessage());
            }
        }
        return switch (e.getCause()) {
            case UnknownHostException _ -> "The name of the address is not known";
            case javax.net.ssl.SSLException _ -> "Its certificate is not in order, or it does not speak TLS";
            case java.net.SocketTimeoutException _ -> "It did not answer in time";
            case java.net.ConnectException _ -> "No connection could be made";
            case null, default -> "The connection broke off";
        };
    }

    /// An address within this network.
    private static final class Inside extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        Inside(String sentence) {
            super(sentence);
        }
    }

    /// Whatever connects, connects to what this returns.
    ///
    /// @param plain whether without TLS, which is for listed addresses only
    private final class Checked implements DnsResolver {

        private final boolean plain;

        Checked(boolean plain) {
            this.plain = plain;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = InetAddress.getAllByName(host);
            for (InetAddress address : addresses) {
                boolean named = listed.stream().anyMatch(range -> range.holds(address));
                if (!named && !isPublic(address)) {
                    throw new Inside(
                            "The address leads into this register's own network. The installation's administrator"
                                    + " can list it in reeve.webhooks.allow");
                }
                if (!named && plain) {
                    throw new Inside("The address must begin with https://");
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    /// Whether an address is one of the internet's own, by IANA's special-purpose registries (RFC 6890).
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        List<Range> special = address instanceof Inet4Address ? SPECIAL_4 : SPECIAL_6;
        boolean outside = special.stream().noneMatch(range -> range.holds(address));
        return outside && (address instanceof Inet4Address || GLOBAL_6.holds(address));
    }

    private static final List<Range> SPECIAL_4 = Stream.of(
                    "0.0.0.0/8",
                    "100.64.0.0/10",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "240.0.0.0/4")
            .map(Range::of)
            .toList();
    private static final Range GLOBAL_6 = Range.of("2000::/3");
    // those that carry an IPv4 address within them, and those for documentation
    private static final List<Range> SPECIAL_6 = Stream.of("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
            .map(Range::of)
            .toList();

    /// A network, or one address.
    record Range(byte[] network, int bits) {

        /// @param text `10.0.0.0/8` or `192.0.2.7`
        static Range of(String text) {
            int slash = text.indexOf('/');
            String host = slash < 0 ? text : text.substring(0, slash);
            try {
                byte[] network = InetAddress.ofLiteral(host).getAddress();
                int bits = slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1));
                if (bits < 0 || bits > network.length * 8) {
                    throw new IllegalArgumentException(text + " is no network");
                }
                return new Range(network, bits);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "reeve.webhooks.allow: " + text + " is neither an address nor a network such as 10.20.0.0/16",
                        e);
            }
        }

        boolean holds(InetAddress address) {
            byte[] given = address.getAddress();
            if (given.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((given[bit / 8] & mask) != (network[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
