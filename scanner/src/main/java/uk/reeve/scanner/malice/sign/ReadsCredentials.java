package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Files in which people and tools keep passwords, keys and tokens.
final class ReadsCredentials extends Sign {

    static final Trait FILES = Trait.of(
            "\\.npmrc\\b|\\.pypirc\\b|\\.netrc\\b|\\.git-credentials|\\.gem/credentials|\\.cargo/credentials|\\.aws[\"'/\\\\,\\s]{1,6}(?:credentials|config)|\\bid_(?:rsa|ed25519|ecdsa|dsa)\\b|(?<![a-z0-9])\\.ssh[/\\\\\"']|\\.kube[\"'/\\\\,\\s]{1,6}config|\\.docker[\"'/\\\\,\\s]{1,6}config\\.json"
                    + "|\\.config[\"'/\\\\,\\s]{1,6}(?:gcloud|gh[/\\\\\"']|hub\\b)|application_default_credentials|\\.azure[/\\\\\"']|accesstokens\\.json|\\.vault-token|/etc/shadow|/etc/passwd|\\.bash_history|\\.zsh_history|\\.pgpass|\\.my\\.cnf|\\.gnupg"
                    + "|\\.m2/settings|settings-security\\.xml|nuget\\.config|\\.composer[/\\\\\"',\\s]{1,6}auth\\.json|filezilla(?!-project)|\\.terraform\\.d|rclone\\.conf|/var/run/secrets/kubernetes|serviceaccount/token|(?:readfile\\w{0,4}|open|join|resolve|read_to_string|read_text|path|file_get_contents)\\s?\\((?![^\\n]{0,20}cwd\\(\\))[^\\n]{0,80}[\"'`/\\\\]\\.env[\"'`]|keychain-db|security\\s{1,3}find-generic-password|\\bgh\\s{1,3}auth\\s{1,3}token|\\.claude\\.json|\\.openclaw",
            ".npmrc",
            ".pypirc",
            ".netrc",
            "credentials",
            ".aws",
            "id_",
            ".ssh",
            ".kube",
            ".docker",
            ".config",
            ".azure",
            "accesstokens",
            "vault",
            "/etc/",
            "_history",
            ".pgpass",
            ".my.cnf",
            ".gnupg",
            ".m2",
            "settings-sec",
            "nuget.config",
            ".composer",
            "filezilla",
            ".terraform",
            "rclone",
            "secrets",
            "serviceaccount",
            ".env",
            "keychain",
            "security",
            "gh",
            ".claude",
            ".openclaw");

    ReadsCredentials() {
        super(
                "reads-credentials",
                "names files that hold credentials",
                20,
                "clients of a service read that service's own file, and send nothing of it elsewhere",
                "T1552.001");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(FILES));
        }
    }
}
