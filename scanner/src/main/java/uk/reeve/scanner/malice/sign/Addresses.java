package uk.reeve.scanner.malice.sign;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Web addresses that stand in code.
final class Addresses {

    private static final Trait ADDRESS = Trait.of(
            "(?:https?|wss?|ftp|tcp|stratum)://[^\\s\"'`<>\\\\)]{3,200}|\\bhost(?:name)?[\"']?\\s?[:=]\\s?[\"'`][\\w-]{1,60}(?:\\.[\\w-]{1,60}){1,6}[\"'`]",
            "://",
            "host");
    private static final Pattern HOST = Pattern.compile(
            "(?:://(?:[^/@\\s]{0,60}@)?|\\bhost(?:name)?[\"']?\\s?[:=]\\s?[\"'`])([^/:?#\\s\"'`]{1,100})");
    private static final Pattern RAW =
            Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}|0x[0-9a-f]{8}|\\d{8,10}|\\[[0-9a-f:]{4,}\\]?");

    /// Where honest packages point to, or fetch from: places of code and documents, registries, and the machine itself.
    private static final List<String> EXPECTED = List.of(
            "github.com",
            "gitlab.com",
            "bitbucket.org",
            "codeberg.org",
            "launchpad.net",
            "nodejs.org",
            "python.org",
            "ruby-lang.org",
            "rust-lang.org",
            "golang.org",
            "go.dev",
            "php.net",
            "getcomposer.org",
            "apache.org",
            "w3.org",
            "ietf.org",
            "rfc-editor.org",
            "mozilla.org",
            "microsoft.com",
            "google.com",
            "googleapis.com",
            "json-schema.org",
            "schema.org",
            "whatwg.org",
            "unicode.org",
            "gnu.org",
            "opensource.org",
            "debian.org",
            "ubuntu.com",
            "wikipedia.org",
            "stackoverflow.com",
            "sourceforge.net",
            "freedesktop.org",
            "xmlsoap.org",
            "openxmlformats.org",
            "oracle.com",
            "eclipse.org",
            "jquery.com",
            "reactjs.org",
            "angular.io",
            "vuejs.org",
            "babeljs.io",
            "chromium.org",
            "readthedocs.io",
            "github.io",
            "ecma-international.org",
            "tc39.es",
            "openssl.org",
            "kernel.org",
            "gnome.org",
            "kde.org",
            "adobe.com",
            "apple.com",
            "opencollective.com",
            "purl.org",
            "creativecommons.org",
            "spdx.org",
            "example.com",
            "example.org",
            "example.net",
            "localhost",
            "schemas.android.com",
            "java.sun.com",
            "xml.org",
            "jcp.org",
            "slf4j.org",
            "springframework.org",
            "jetbrains.com",
            "medium.com",
            "twitter.com");

    private static final Pattern REGISTRY = Pattern.compile(
            "(?:[a-z0-9-]{1,20}\\.)?(?:npm\\w{0,2}|pypi|pythonhosted|rubygems|crates|maven|nuget|packagist|yarnpkg)\\.(?:com|org|io|dev)");

    private static final Trait NUMBER = Trait.of("(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.])");

    private Addresses() {}

    /// Where an address stands that honest code has little reason for; -1 where none does.
    static int firstUnexpected(FileText text) {
        for (int at : text.hits(ADDRESS)) {
            String host = host(text.lower(), at);
            if (!host.isEmpty() && !isExpected(host) && !text.bearsName(host) && !isInComment(text, at)) {
                return at;
            }
        }
        return -1;
    }

    // Behind code on the same line; whole lines of comment are left out anyway.
    private static boolean isInComment(FileText text, int at) {
        String before = text.lower().substring(Math.max(text.lineStart(at), at - 200), at);
        return before.contains("// ") || before.contains("# ") || before.strip().startsWith("*");
    }

    /// Where an address stands whose host is a number; -1 where none does.
    static int firstRaw(FileText text) {
        for (int at : text.hits(ADDRESS)) {
            String host = host(text.lower(), at);
            if (RAW.matcher(host).matches() && !isOwn(host)) {
                return at;
            }
        }
        return -1;
    }

    /// Where a number stands that is another machine's address, as text of a compiled file; -1 where none does.
    static int firstNumber(FileText text) {
        for (int at : text.hits(NUMBER)) {
            int end = at;
            while (end < text.lower().length()
                    && (text.lower().charAt(end) == '.'
                            || Character.isDigit(text.lower().charAt(end)))) {
                end++;
            }
            if (!isOwn(text.lower().substring(at, end))) {
                return at;
            }
        }
        return -1;
    }

    /// Whether a number names this machine, its own network, or nothing.
    static boolean isOwn(String host) {
        return host.startsWith("127.")
                || host.startsWith("0.")
                || host.startsWith("10.")
                || host.startsWith("192.168.")
                || host.startsWith("169.254.")
                || host.startsWith("255.")
                || host.startsWith("[::")
                || host.startsWith("172.1")
                || host.startsWith("172.2")
                || host.startsWith("172.3")
                || host.equals("1.2.3.4")
                || host.equals("1.1.1.1")
                || host.equals("8.8.8.8");
    }

    private static String host(String lower, int at) {
        Matcher host = HOST.matcher(lower).region(at, Math.min(lower.length(), at + 260));
        return host.find() ? host.group(1) : "";
    }

    private static boolean isExpected(String host) {
        if (REGISTRY.matcher(host).matches()
                || isOwn(host)
                || (host.indexOf('.') < 0 && !RAW.matcher(host).matches())) {
            return true; // a name without a dot is a placeholder
        }
        if (host.startsWith("raw.github")
                || host.startsWith("gist.")
                || host.startsWith("script.google")
                || host.startsWith("docs.google")
                || host.startsWith("drive.google")
                || host.startsWith("forms.google")) {
            return false; // anybody's content
        }
        for (String each : EXPECTED) {
            if (host.equals(each) || host.endsWith("." + each)) {
                return true;
            }
        }
        return host.startsWith("%")
                || host.startsWith("$")
                || host.startsWith("{")
                || host.startsWith("<")
                || host.startsWith("#");
    }
}
