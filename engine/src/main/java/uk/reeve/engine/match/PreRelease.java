package uk.reeve.engine.match;

import java.util.Locale;
import uk.reeve.engine.version.Ecosystem;

/// Whether a version is one that came before its release.
final class PreRelease {

    private static final String[] MAVEN_WORDS = {"alpha", "beta", "milestone", "rc", "cr", "snapshot", "-m", ".m"};

    private PreRelease() {}

    static boolean is(Ecosystem ecosystem, String version) {
        return switch (ecosystem) {
            case NPM, GO, CRATES_IO, NUGET, HEX, PUB, SWIFT, GITHUB_ACTIONS, BITNAMI, KUBERNETES, PACKAGIST, DRUPAL ->
                plain(version).indexOf('-') >= 0;
            case PYPI -> letter(version, "post");
            case RUBYGEMS -> letter(version, "");
            case MAVEN -> word(version);
            case CONAN, CRAN, BIOCONDUCTOR, HACKAGE, GHC -> false;
            case DEBIAN, UBUNTU, ALPINE, WOLFI, CHAINGUARD, RED_HAT, ROCKY_LINUX, ALMALINUX, SUSE, OPENSUSE -> false;
        };
    }

    private static String plain(String version) {
        int plus = version.indexOf('+');
        return plus < 0 ? version : version.substring(0, plus);
    }

    private static boolean letter(String version, String allowed) {
        String text = plain(version).toLowerCase(Locale.ROOT);
        String rest = allowed.isEmpty() ? text : text.replace(allowed, "");
        for (int i = rest.startsWith("v") ? 1 : 0; i < rest.length(); i++) {
            if (rest.charAt(i) >= 'a' && rest.charAt(i) <= 'z') {
                return true;
            }
        }
        return false;
    }

    private static boolean word(String version) {
        String text = version.toLowerCase(Locale.ROOT);
        for (String word : MAVEN_WORDS) {
            int at = text.indexOf(word);
            int after = at + word.length();
            boolean bounded = at > 0
                    && (after == text.length() || !Character.isLetter(text.charAt(after)))
                    && !Character.isLetter(text.charAt(at - 1));
            if (bounded) {
                return true;
            }
        }
        return false;
    }
}
