package uk.reeve.scanner.malice.sign;

import java.util.List;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Credentials of several services in one file. A client reads its own; who wants all of them collects.
final class ReadsManySecrets extends Sign {

    private static final int KINDS = 3;
    private static final List<Trait> KIND = List.of(
            Trait.of("\\.npmrc|npm_token|node_auth_token", "npm", "node_auth"),
            Trait.of("\\.pypirc|twine_password|pypi_token", "pypi", "twine"),
            Trait.of("\\.aws\\b|aws_secret|aws_access|akia\\[", ".aws", "aws_", "akia"),
            Trait.of("\\.ssh\\b|id_rsa|id_ed25519", ".ssh", "id_"),
            Trait.of(
                    "github_token|gh_token|\\.git-credentials|ghp_|gh\\s{1,3}auth",
                    "github_token",
                    "gh_token",
                    "git-cred",
                    "ghp_",
                    "gh"),
            Trait.of("\\.kube\\b|serviceaccount", ".kube", "serviceaccount"),
            Trait.of("\\.docker\\b|docker_password", "docker"),
            Trait.of(
                    "gcloud|google_application_credentials|application_default",
                    "gcloud",
                    "google_app",
                    "application_default"),
            Trait.of("\\.azure\\b|azure_client", "azure"),
            Trait.of("\\.netrc|\\.pgpass|\\.my\\.cnf|filezilla", ".netrc", ".pgpass", ".my.cnf", "filezilla"),
            Trait.of("_history\\b", "_history"),
            Trait.of("/etc/(?:shadow|passwd)", "/etc/"),
            Trait.of("\\.env[\"'`]", ".env"),
            Trait.of("vault[-_]token|hashicorp", "vault", "hashicorp"),
            Trait.of(
                    "openai_api_key|anthropic_api_key|\\.claude|\\.gemini",
                    "openai",
                    "anthropic",
                    ".claude",
                    ".gemini"),
            Trait.of(
                    "slack_token|xox[bp]|stripe_secret|twilio|sendgrid",
                    "slack_",
                    "xox",
                    "stripe",
                    "twilio",
                    "sendgrid"),
            Trait.of(
                    "wallet|\\.ethereum|\\.bitcoin|solana|keystore",
                    "wallet",
                    "ethereum",
                    "bitcoin",
                    "solana",
                    "keystore"),
            Trait.of(
                    "login data|cookies\\.sqlite|logins\\.json|local state",
                    "login data",
                    "cookies.sqlite",
                    "logins.json",
                    "local state"));

    ReadsManySecrets() {
        super(
                "reads-many-secrets",
                "looks for the credentials of several services in one file",
                30,
                "only tools that search for leaked secrets do so in earnest",
                "T1552.001",
                "T1119");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() && text.language() != Language.COMPILED) {
            return;
        }
        int kinds = 0;
        int first = -1;
        for (Trait kind : KIND) {
            int at = text.first(kind);
            if (at >= 0) {
                kinds++;
                first = first < 0 ? at : first;
            }
        }
        out.add(this, text, kinds >= KINDS ? first : -1);
    }
}
