package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Sees to it that something is started again: tasks, services, start-up folders, shells' profiles, keys that let
/// one in.
final class Persistence extends Sign {

    private static final Trait PLACES = Trait.of(
            "crontab\\s{1,3}-|/etc/cron|@reboot|schtasks|register-scheduledtask|currentversion[/\\\\]{1,4}run|start menu[/\\\\]{1,4}programs[/\\\\]{1,4}startup|[/\\\\]startup[/\\\\\"']|launchagents|launchdaemons|launchctl\\s{1,3}load|systemctl[^\\n]{0,40}enable|/etc/systemd|systemd/(?:user|system)|\\[install\\]\\\\n?wantedby|autostart[/\\\\]|[/\\\\\"']autostart[\"']|authorized_keys|/etc/rc\\.local|/etc/profile\\.d|/etc/ld\\.so\\.preload|/etc/sudoers|winreg\\.setvalue|reg\\s{1,3}add\\s|(?:\\.bashrc|\\.zshrc|\\.bash_profile|\\.profile)[\"'`)\\s,]{1,4}[^\\n]{0,60}(?:a\\b|append|write|>>)|>>\\s?[\"']?(?:~|\\$home|/root)/\\.(?:bashrc|zshrc|profile|bash_profile)|useradd\\s|usermod\\s|chmod\\s{1,3}(?:u\\+s|[24]7\\d\\d)",
            "cron",
            "@reboot",
            "schtasks",
            "scheduledtask",
            "currentversion",
            "startup",
            "launch",
            "systemctl",
            "systemd",
            "[install]",
            "autostart",
            "authorized_keys",
            "/etc/",
            "winreg",
            "reg ",
            ".bashrc",
            ".zshrc",
            ".bash_profile",
            ".profile",
            "useradd",
            "usermod",
            "chmod");

    Persistence() {
        super(
                "persistence",
                "sees to it that something is started again",
                25,
                "installers of services do so; a library has no need",
                "T1053.003",
                "T1547.001",
                "T1098.004");
    }

    @Override
    public void look(FileText text, Sightings out) {
        boolean debian = text.path().startsWith("DEBIAN/");
        if ((text.language().isCode() || text.language() == Language.COMPILED) && !debian) {
            out.add(this, text, text.first(PLACES));
        } else if (debian) {
            out.add(this, text, text.first(BACK_DOOR));
        }
    }

    private static final Trait BACK_DOOR = Trait.of(
            "@reboot|/etc/cron|authorized_keys|/etc/ld\\.so\\.preload|/etc/sudoers|chmod\\s{1,3}(?:u\\+s|[24]7\\d\\d)|crontab\\s{1,3}-",
            "@reboot",
            "cron",
            "authorized_keys",
            "/etc/",
            "chmod");
}
