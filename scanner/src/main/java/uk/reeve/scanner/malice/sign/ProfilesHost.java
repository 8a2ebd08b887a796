package uk.reeve.scanner.malice.sign;

import java.util.List;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Who and where: names of machine and user, addresses, in one place. Attacks by dependency confusion send these home.
final class ProfilesHost extends Sign {

    private static final List<Trait> KINDS = List.of(
            Trait.of(
                    "os\\.hostname|gethostname|platform\\.node\\(|os\\.uname|\\buname\\s{1,3}-[a-z]{0,3}[an]|\\$\\(\\s?hostname|[`|;&]\\s?hostname\\b|(?:exec|system|run|popen|output|command)\\w{0,10}\\s?\\(?\\s?\\[?[\"'`]hostname|machinename|computername|getlocalhost",
                    "hostname",
                    "uname",
                    "platform.node",
                    "machinename",
                    "computername",
                    "localhost"),
            Trait.of(
                    "os\\.userinfo|getuser\\s?\\(|getlogin|\\bwhoami\\b|user\\.name[\"']|process\\.env\\.(?:user|logname|username)\\b|environ[^\\n]{0,12}[\"']user(?:name)?[\"']|env[\\[(.][\\s\"']{0,2}user(?:name)?\\b|user\\.current\\(|get_current_user|\\$user\\b|%username%|env:username|environment\\.username",
                    "user", "login", "whoami"),
            Trait.of(
                    "networkinterfaces|ipify|ipinfo\\.io|ifconfig\\.(?:me|co)|icanhazip|checkip|ip-api\\.com|getmac|uuid\\.getnode|getaddrinfo|interfaceaddrs|dns\\.getservers",
                    "networkinterfaces",
                    "ipify",
                    "ipinfo",
                    "ifconfig",
                    "icanhazip",
                    "checkip",
                    "ip-api",
                    "getmac",
                    "getnode",
                    "getaddrinfo",
                    "interfaceaddrs",
                    "getservers"),
            Trait.of(
                    "os\\.homedir|process\\.cwd|os\\.getcwd|expanduser|path\\.home|dir\\.pwd|os\\.getwd|getcwd",
                    "homedir",
                    "cwd",
                    "expanduser",
                    "path.home",
                    "dir.pwd",
                    "getwd"),
            Trait.of(
                    "os\\.(?:platform|release|arch|type|version)\\s?\\(|platform\\.(?:system|platform|version|release)|os\\.name\\b|php_uname|systeminfo|osversion|ruby_platform|runtime\\.goos|env::consts::os",
                    "os.",
                    "platform",
                    "uname",
                    "systeminfo",
                    "osversion",
                    "goos",
                    "consts::os"));

    ProfilesHost() {
        super(
                "profiles-host",
                "collects names of machine and user",
                10,
                "reports of errors and telemetry do so as well",
                "T1082",
                "T1033");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode()) {
            return;
        }
        int host = text.first(KINDS.get(0));
        int user = text.first(KINDS.get(1));
        int network = text.first(KINDS.get(2));
        int kinds = 0;
        for (Trait kind : KINDS) {
            kinds += text.has(kind) ? 1 : 0;
        }
        int first = host >= 0 ? host : user >= 0 ? user : network;
        out.add(this, text, kinds >= 2 ? first : -1); // home and system alone are everybody's
    }
}
