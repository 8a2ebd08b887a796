package uk.reeve.engine.version;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where packages come from: its name in OSV, its purl type, its version order and its match key (how two
/// spellings of a package's name are known to be the same, which is not how a purl is printed).
///
/// Source: OSV schema, "Defined ecosystems"; purl specification, types.
public enum Ecosystem {
    NPM("npm", "npm", Orders.NPM, Names.EXACT),
    PYPI("PyPI", "pypi", Orders.PEP440, Names.PEP503),
    MAVEN("Maven", "maven", Orders.MAVEN, Names.EXACT),
    GO("Go", "golang", Orders.GO, Names.EXACT),
    CRATES_IO("crates.io", "cargo", Orders.CRATES, Names.UNDERSCORE),
    RUBYGEMS("RubyGems", "gem", Orders.RUBYGEMS, Names.EXACT),
    NUGET("NuGet", "nuget", Orders.NUGET, Names.LOWER),
    PACKAGIST("Packagist", "composer", Orders.COMPOSER, Names.LOWER),
    DRUPAL("Packagist:https://packages.drupal.org/8", "composer", Orders.COMPOSER, Names.LOWER),
    HEX("Hex", "hex", Orders.HEX, Names.LOWER),
    PUB("Pub", "pub", Orders.PUB, Names.LOWER),
    SWIFT("SwiftURL", "swift", Orders.SEMVER, Names.LOWER),
    GITHUB_ACTIONS("GitHub Actions", "github", Orders.SEMVER, Names.LOWER),
    BITNAMI("Bitnami", "bitnami", Orders.NPM, Names.LOWER),
    KUBERNETES("Kubernetes", "k8s", Orders.SEMVER, Names.LOWER),
    CONAN("ConanCenter", "conan", Orders.CONAN, Names.LOWER),
    CRAN("CRAN", "cran", Orders.CRAN, Names.EXACT),
    BIOCONDUCTOR("Bioconductor", "bioconductor", Orders.CRAN, Names.EXACT),
    HACKAGE("Hackage", "hackage", Orders.HACKAGE, Names.EXACT),
    GHC("GHC", "ghc", Orders.HACKAGE, Names.EXACT),
    DEBIAN("Debian", "deb", Orders.DEBIAN, Names.EXACT),
    UBUNTU("Ubuntu", "deb", Orders.DEBIAN, Names.EXACT),
    ALPINE("Alpine", "apk", Orders.ALPINE, Names.EXACT),
    WOLFI("Wolfi", "apk", Orders.ALPINE, Names.EXACT),
    CHAINGUARD("Chainguard", "apk", Orders.ALPINE, Names.EXACT),
    RED_HAT("Red Hat", "rpm", Orders.RPM, Names.EXACT),
    ROCKY_LINUX("Rocky Linux", "rpm", Orders.RPM, Names.EXACT),
    ALMALINUX("AlmaLinux", "rpm", Orders.RPM, Names.EXACT),
    SUSE("SUSE", "rpm", Orders.RPM, Names.EXACT),
    OPENSUSE("openSUSE", "rpm", Orders.RPM, Names.EXACT);

    private static final Map<String, Ecosystem> BY_NAME = new HashMap<>();

    static {
        for (Ecosystem ecosystem : values()) {
            BY_NAME.put(ecosystem.osvName.toLowerCase(Locale.ROOT), ecosystem);
        }
    }

    private final String osvName;
    private final String purlType;
    private final VersionOrder order;
    private final Names names;

    Ecosystem(String osvName, String purlType, VersionOrder order, Names names) {
        this.osvName = osvName;
        this.purlType = purlType;
        this.order = order;
        this.names = names;
    }

    /// As OSV writes it, without a release: `Rocky Linux`, `PyPI`.
    public String osvName() {
        return osvName;
    }

    public String purlType() {
        return purlType;
    }

    public VersionOrder order() {
        return order;
    }

    /// Whether packages belong to a distribution, and so are looked up within one of its releases.
    public boolean isDistribution() {
        return purlType.equals("deb") || purlType.equals("apk") || purlType.equals("rpm");
    }

    /// The key under which this name is looked up: two names with the same key are the same package.
    public String matchKey(String name) {
        return names.key(name);
    }

    /// The ecosystem of an OSV record's string, its release cut off (`Debian:12` is [#DEBIAN]); null where it is none
    /// of ours.
    public static @Nullable Ecosystem ofOsv(String text) {
        Ecosystem whole = BY_NAME.get(text.toLowerCase(Locale.ROOT));
        if (whole != null) {
            return whole;
        }
        int colon = text.indexOf(':');
        return colon < 0 ? null : BY_NAME.get(text.substring(0, colon).toLowerCase(Locale.ROOT));
    }

    /// The release of an OSV record's string: `12` of `Debian:12`, `enterprise_linux:9::appstream` of Red Hat's; empty
    /// where there is none.
    public static String releaseOf(String text) {
        int colon = text.indexOf(':');
        Ecosystem whole = BY_NAME.get(text.toLowerCase(Locale.ROOT));
        return colon < 0 || whole != null ? "" : text.substring(colon + 1);
    }

    /// All ecosystems whose packages carry this purl type, in the order of this enum; empty where none does.
    public static List<Ecosystem> ofPurlType(String type) {
        return java.util.Arrays.stream(values())
                .filter(e -> e.purlType.equals(type))
                .toList();
    }

    private enum Names {
        EXACT {
            @Override
            String key(String name) {
                return name;
            }
        },
        LOWER {
            @Override
            String key(String name) {
                return name.toLowerCase(Locale.ROOT);
            }
        },
        UNDERSCORE {
            @Override
            String key(String name) {
                return name.replace('-', '_');
            }
        },
        /// PEP 503: lower case, each run of `-`, `_` and `.` one `-`.
        PEP503 {
            @Override
            String key(String name) {
                StringBuilder key = new StringBuilder(name.length());
                for (int i = 0; i < name.length(); i++) {
                    char c = name.charAt(i);
                    if (c != '-' && c != '_' && c != '.') {
                        key.append(Character.toLowerCase(c));
                    } else if (key.isEmpty() || key.charAt(key.length() - 1) != '-') {
                        key.append('-');
                    }
                }
                return key.toString();
            }
        };

        abstract String key(String name);
    }
}
