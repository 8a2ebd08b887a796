package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// A worm: it publishes packages with tokens that it found, or puts itself into others' repositories.
final class SelfPropagation extends Sign {

    private static final Trait PUBLISHES = Trait.of(
            "npm\\s{1,3}publish|[\"']publish[\"']|twine\\s{1,3}upload|gem\\s{1,3}push|cargo\\s{1,3}publish|dotnet\\s{1,3}nuget\\s{1,3}push|git\\s{1,3}push|libnpmpublish|/-/user/org\\.couchdb|/-/whoami|npm\\s{1,3}whoami|maintainer[:=]|poetry\\s{1,3}publish|bun\\s{1,3}publish|bundleassets|updatepackage",
            "publish",
            "upload",
            "push",
            "whoami",
            "/-/user",
            "maintainer",
            "bundleassets",
            "updatepackage");
    private static final Trait TOKENS = Trait.of(
            "_authtoken|\\.npmrc|npm_token|node_auth_token|\\.pypirc|npm_[a-z\\[]|ghp_|github_token|gem/credentials|cargo/credentials|api_key|auth\\s?token|git-credentials|bearer",
            "token",
            ".npmrc",
            ".pypirc",
            "npm_",
            "ghp_",
            "credentials",
            "api_key",
            "bearer");
    private static final Trait HOOKS = Trait.of(
            "\\.scripts\\.?\\[?[\"']?(?:pre|post)?install|scripts[\"'\\]]{0,2}\\s?[.=\\[][^\\n]{0,60}install|(?:postinstall|preinstall)[\"'\\]]{0,2}\\s?[:=]|setup\\.py[^\\n]{0,60}write",
            "install",
            "setup.py");
    /// Packages that are not this one's own.
    private static final Trait OTHERS = Trait.of(
            "whoami|maintainer[:=\"']|/-/user|search\\?text|bundleassets|updatepackage|/user/repos|owned|packages?\\)|for\\s?\\(?[^\\n]{0,60}\\b(?:pkgs?|packages|names)\\b",
            "whoami",
            "maintainer",
            "/-/user",
            "search",
            "bundleassets",
            "updatepackage",
            "/user/repos",
            "owned",
            "package",
            "for");
    private static final Trait CHANGES = Trait.of(
            "\\.scripts\\.?\\[?[\"']?(?:pre|post)?install|scripts[\"'\\]]{0,2}\\s?[.=\\[][^\\n]{0,60}install|package\\.json[^\\n]{0,300}(?:writefile|scripts)|(?:postinstall|preinstall)[\"'\\]]{0,2}\\s?[:=]|version\\.split|semver\\.inc|patch\\s?\\+\\s?1|npm\\s{1,3}version\\s{1,3}patch|setup\\.py[^\\n]{0,60}write",
            "install",
            "package.json",
            "version",
            "semver",
            "patch",
            "setup.py");

    SelfPropagation() {
        super(
                "self-propagation",
                "publishes packages with tokens that it finds",
                45,
                "release tools publish, but do not change other packages' install hooks",
                "T1195.002",
                "T1080");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() || !text.has(PUBLISHES)) {
            return;
        }
        boolean tokens = text.has(TOKENS);
        boolean changes = text.has(HOOKS) || (text.has(CHANGES) && text.has(OTHERS));
        out.add(this, text, tokens && changes ? text.first(PUBLISHES) : -1);
    }
}
