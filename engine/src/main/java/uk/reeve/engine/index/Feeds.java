package uk.reeve.engine.index;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where advisories are fetched from, and how. Start from [#standard] and change what differs.
///
/// Source: OSV's documentation, "Data dumps"; CISA, "Known Exploited Vulnerabilities Catalog"; FIRST, "EPSS data".
///
/// @param base a folder in the layout of the OSV bucket: `ecosystems.txt`, `npm/modified_id.csv`, `npm/all.zip`,
///     `npm/GHSA-….json`
/// @param kev null where KEV is not wanted
/// @param epss null where EPSS is not wanted
/// @param ecosystems directories of the bucket; empty for all that the index has and all that Reeve knows
/// @param authorities certificates (PEM) to be trusted beside the JDK's; null for the JDK's alone
/// @param proxy null for what `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say, else the JVM's settings
/// @param connect how long to wait for a connection
/// @param silence how long a server may say nothing
/// @param pause how long to wait before asking a second time; the third time takes twice as long
/// @param mostBytes of one file
public record Feeds(
        URI base,
        @Nullable URI kev,
        @Nullable URI epss,
        List<String> ecosystems,
        @Nullable Path authorities,
        @Nullable URI proxy,
        Duration connect,
        Duration silence,
        Duration pause,
        long mostBytes) {

    /// @throws IllegalArgumentException when an address is not `http` or `https`, or a directory's name is none
    public Feeds {
        addressed(base, "the advisories");
        if (kev != null) {
            addressed(kev, "KEV");
        }
        if (epss != null) {
            addressed(epss, "EPSS");
        }
        if (proxy != null && (!"http".equalsIgnoreCase(proxy.getScheme()) || proxy.getHost() == null)) {
            throw new IllegalArgumentException(
                    "the proxy " + shown(proxy) + " cannot be used: only http://HOST:PORT is supported");
        }
        for (String name : ecosystems) {
            if (!isDirectory(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no ecosystem of OSV; npm or \"Red Hat\" is one");
            }
        }
        ecosystems = List.copyOf(ecosystems);
    }

    /// OSV's own bucket, CISA and FIRST.
    public static Feeds standard() {
        return new Feeds(
                URI.create("https://storage.googleapis.com/osv-vulnerabilities"),
                URI.create("https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json"),
                URI.create("https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"),
                List.of(),
                null,
                null,
                Duration.ofSeconds(15),
                Duration.ofSeconds(60),
                Duration.ofSeconds(2),
                2L << 30);
    }

    /// The same with other addresses.
    public Feeds from(URI otherBase, @Nullable URI otherKev, @Nullable URI otherEpss) {
        return new Feeds(
                otherBase, otherKev, otherEpss, ecosystems, authorities, proxy, connect, silence, pause, mostBytes);
    }

    /// The same for these ecosystems alone.
    public Feeds of(List<String> others) {
        return new Feeds(base, kev, epss, others, authorities, proxy, connect, silence, pause, mostBytes);
    }

    /// The same by way of a proxy, trusting these certificates too.
    public Feeds through(@Nullable URI otherProxy, @Nullable Path otherAuthorities) {
        return new Feeds(base, kev, epss, ecosystems, otherAuthorities, otherProxy, connect, silence, pause, mostBytes);
    }

    /// The same with other patience.
    public Feeds within(Duration toConnect, Duration inSilence, Duration betweenTrials) {
        return new Feeds(
                base, kev, epss, ecosystems, authorities, proxy, toConnect, inSilence, betweenTrials, mostBytes);
    }

    /// The address of a file below the base; a query of the base, where mirrors keep their access keys, stays.
    URI below(String... segments) {
        StringBuilder path = new StringBuilder();
        for (String segment : segments) {
            path.append('/').append(encoded(segment));
        }
        String text = base.toString();
        int fragment = text.indexOf('#');
        text = fragment < 0 ? text : text.substring(0, fragment);
        int query = text.indexOf('?');
        String head = query < 0 ? text : text.substring(0, query);
        while (head.endsWith("/")) {
            head = head.substring(0, head.length() - 1);
        }
        return URI.create(head + path + (query < 0 ? "" : text.substring(query)));
    }

    /// An address as a person may see it: without user, password, query and fragment.
    static String shown(URI uri) {
        try {
            return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null).toString();
        } catch (URISyntaxException _) {
            return uri.getScheme() + "://" + uri.getHost();
        }
    }

    /// One segment of a path, and a file's name on every system: all but letters, digits, `-`, `_` and `.` encoded.
    static String encoded(String segment) {
        StringBuilder out = new StringBuilder(segment.length());
        for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (plain(c)) {
                out.append(c);
            } else {
                out.append('%').append("0123456789ABCDEF".charAt(c >> 4)).append("0123456789ABCDEF".charAt(c & 15));
            }
        }
        return out.toString();
    }

    /// Whether this may be a directory of the bucket, and of the disk.
    static boolean isDirectory(String name) {
        if (name.isEmpty() || name.length() > 60 || !Character.isLetterOrDigit(name.charAt(0)) || name.endsWith(".")) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (!plain(name.charAt(i)) && name.charAt(i) != ' ') {
                return false;
            }
        }
        return !name.endsWith(" ");
    }

    /// Whether this may be the id of a record: it becomes part of an address and a file's name.
    static boolean isId(String id) {
        if (id.isEmpty() || id.length() > 100 || !Character.isLetterOrDigit(id.charAt(0))) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (!plain(id.charAt(i)) && id.charAt(i) != ':' && id.charAt(i) != '+') {
                return false;
            }
        }
        return true;
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static void addressed(URI uri, String what) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
            throw new IllegalArgumentException("the address of " + what + " is no http or https address: "
                    + (uri.getHost() == null ? "it has no host" : shown(uri)));
        }
    }
}
