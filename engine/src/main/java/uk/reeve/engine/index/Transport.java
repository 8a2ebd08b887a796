package uk.reeve.engine.index;

import java.io.IOException;
import java.net.Authenticator;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The HTTP client that feeds ask for: its proxy, its certificates, no redirects of its own.
public final class Transport {

    private static final String TUNNEL = "jdk.http.auth.tunneling.disabledSchemes";

    private Transport() {}

    /// @param environment for its proxy settings: `HTTPS_PROXY`, `NO_PROXY`
    public static HttpClient client(Feeds feeds, Map<String, String> environment) throws IOException {
        Proxies proxies = new Proxies(feeds.proxy(), environment);
        Authenticator authenticator = proxies.authenticator();
        if (authenticator != null && System.getProperty(TUNNEL) == null) {
            // the JDK refuses a password to a proxy of https otherwise; it is read once, when the first client is made
            System.setProperty(TUNNEL, "");
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(feeds.connect())
                .proxy(proxies);
        if (authenticator != null) {
            builder.authenticator(authenticator);
        }
        Path authorities = feeds.authorities();
        if (authorities != null) {
            builder.sslContext(trusting(authorities));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path authorities) throws IOException {
        List<Certificate> own = Pem.certificates(authorities);
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (TrustManager manager : managers(null)) {
                if (manager instanceof X509TrustManager jdk) {
                    for (X509Certificate authority : jdk.getAcceptedIssuers()) {
                        all.setCertificateEntry("jdk-" + number++, authority);
                    }
                }
            }
            for (Certificate authority : own) {
                all.setCertificateEntry("own-" + number++, authority);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(all), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(authorities + ": cannot be trusted: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] managers(@Nullable KeyStore of) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(of);
        return factory.getTrustManagers();
    }
}
