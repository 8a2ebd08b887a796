package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Patterns or tools that find secrets in any file: the forms of access keys, TruffleHog.
final class SearchesSecrets extends Sign {

    private static final Trait PATTERNS = Trait.of(
            "trufflehog|gitleaks|\\bakia\\[|akia\\[0-9a-z\\]|ghp_\\[|gh\\[pousr\\]_|npm_\\[a-z|xox\\[|sk_live_\\[|-----begin [^\\n]{0,30}private key-----[^\\n]{0,60}(?:\\[\\\\|\\.\\*|\\[\\^|\\]\\+|\\(\\?)|\\b0x\\[(?:[af09-]){3,9}\\]\\{64\\}|\\[a-f0-9\\]\\{64\\}|\\[1-9a-hj-np-z(?:a-km-z)?\\]\\{(?:87|88|64|32,44)|glob\\w{0,8}\\s?\\([^\\n]{0,80}\\.(?:env|pem|key)\\b|(?:\\*\\*/)?\\*\\.(?:env|keystore|wallet)[\"'`]|find\\s[^\\n]{0,60}-name\\s[^\\n]{0,20}\\.(?:env|pem|key)",
            "trufflehog",
            "gitleaks",
            "akia",
            "ghp_",
            "gh[",
            "npm_[",
            "xox[",
            "sk_live",
            "-----begin",
            "{64}",
            "{87",
            "{88",
            "{64",
            "glob",
            "*.",
            "find");

    SearchesSecrets() {
        super(
                "searches-secrets",
                "searches files for the forms of keys and tokens",
                25,
                "scanners of leaked secrets do so and say it in their name",
                "T1552.001",
                "T1083");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(PATTERNS));
        }
    }
}
