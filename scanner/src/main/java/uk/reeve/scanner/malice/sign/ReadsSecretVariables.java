package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Variables in which registries, clouds and code hosts expect secrets.
final class ReadsSecretVariables extends Sign {

    private static final Trait NAMED = Trait.of(
            "\\b(?:npm_token|node_auth_token|aws_secret_access_key|aws_access_key_id|aws_session_token|github_token|gh_token|gitlab_token|ci_job_token|pypi_token|twine_password|actions_id_token|actions_runtime_token|azure_client_secret|gem_host_api_key|cargo_registry_token|nuget_api_key)\\b",
            "token",
            "secret",
            "aws_",
            "password",
            "api_key",
            "credentials",
            "database_url",
            "private_key",
            "mnemonic");

    ReadsSecretVariables() {
        super(
                "reads-secret-variables",
                "reads variables that hold secrets",
                8,
                "a service's client asks for its own variable",
                "T1552.007");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(NAMED));
        }
    }
}
