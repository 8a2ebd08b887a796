package uk.reeve.engine.index;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which proxy an address is fetched by: the one that is told, else what the environment says, else the JVM.
/// `NO_PROXY` counts for the environment's proxies; loopback addresses never take one of those.
final class Proxies extends ProxySelector {

    private final @Nullable URI told;
    private final @Nullable URI https;
    private final @Nullable URI http;
    private final String direct;

    /// @throws NotFetched when the environment names a proxy of an unknown kind
    Proxies(@Nullable URI told, Map<String, String> environment) throws NotFetched {
        this.told = told;
        this.https = told == null ? proxy(environment, "HTTPS_PROXY") : null;
        this.http = told == null ? proxy(environment, "HTTP_PROXY") : null;
        this.direct = value(environment, "NO_PROXY");
    }

    @Override
    public List<Proxy> select(URI uri) {
        URI by = told;
        if (by == null) {
            by = "https".equalsIgnoreCase(uri.getScheme()) ? https : http;
            if (by == null) {
                ProxySelector system = ProxySelector.getDefault();
                return system == null ? List.of(Proxy.NO_PROXY) : system.select(uri);
            }
            if (isDirect(uri)) {
                return List.of(Proxy.NO_PROXY);
            }
        }
        // unresolved: the JDK looks the name up at each connection, so a laptop that moves keeps working
        return List.of(new Proxy(
                Proxy.Type.HTTP,
                InetSocketAddress.createUnresolved(by.getHost(), by.getPort() < 0 ? 80 : by.getPort())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // told by the request that fails
    }

    /// Answers the proxy with the user and password of its address; null where no proxy has any.
    @Nullable
    Authenticator authenticator() {
        for (URI proxy : new URI[] {told, https, http}) {
            if (proxy != null && proxy.getRawUserInfo() != null) {
                return new ProxyPassword();
            }
        }
        return null;
    }

    private final class ProxyPassword extends Authenticator {
        @Override
        protected @Nullable PasswordAuthentication getPasswordAuthentication() {
            for (URI proxy : new URI[] {told, https, http}) {
                if (getRequestorType() == RequestorType.PROXY
                        && proxy != null
                        && proxy.getRawUserInfo() != null
                        && proxy.getHost().equalsIgnoreCase(getRequestingHost())) {
                    String[] parts = proxy.getRawUserInfo().split(":", 2);
                    String password = parts.length == 2 ? decoded(parts[1]) : "";
                    return new PasswordAuthentication(decoded(parts[0]), password.toCharArray());
                }
            }
            return null;
        }
    }

    private boolean isDirect(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
            return true;
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        for (String part : direct.split(",", -1)) {
            String rule = part.strip().toLowerCase(Locale.ROOT);
            int colon = rule.lastIndexOf(':');
            if (colon > 0 && rule.indexOf(':') == colon) {
                if (!rule.substring(colon + 1).equals(Integer.toString(port))) {
                    continue;
                }
                rule = rule.substring(0, colon);
            }
            rule = rule.startsWith("*.") ? rule.substring(1) : rule;
            if (rule.equals("*") || host.equals(rule)) {
                return true;
            }
            if (!rule.isEmpty() && host.endsWith(rule.startsWith(".") ? rule : "." + rule)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable URI proxy(Map<String, String> environment, String name) throws NotFetched {
        String value = value(environment, name).strip();
        if (value.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(value.contains("://") ? value : "http://" + value);
            if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException _) {
            // told below, without the value: it may hold a password
        }
        throw new NotFetched(
                NotFetched.Kind.REFUSED, name + " in the environment is no address like http://proxy.example:3128");
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value != null ? value : environment.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
