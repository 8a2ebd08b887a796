package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Saved passwords, cookies and tokens of browsers and chat programs.
final class ReadsBrowserData extends Sign {

    private static final Trait DATA = Trait.of(
            "login data|local state[\"'`]|\\bcookies\\.sqlite|logins\\.json|key4\\.db|web data[\"'`]|chrome[/\\\\]{1,2}user data|google[/\\\\\", ']{1,6}chrome[/\\\\\", ']{1,6}(?:user data|default)|user data[/\\\\\"', ]{1,6}(?:default|profile)|bravesoftware|opera software|discord(?:canary|ptb)?[/\\\\\"', ]{1,6}local storage|local(?:\\s|\\\\x20|%20)storage[/\\\\\"', ]{1,6}leveldb|cryptunprotectdata|dqw4w9wgxcq|os_crypt|local extension settings|telegram desktop[/\\\\\"', ]{1,6}tdata|[/\\\\]tdata\\b|browser_?cookie3|\\[\\\\w-\\]\\{24\\}\\\\\\.|mfa\\\\\\.\\[",
            "login data",
            "local state",
            "cookies.sqlite",
            "logins.json",
            "key4.db",
            "web data",
            "chrome",
            "user data",
            "brave",
            "opera",
            "storage",
            "cryptunprotect",
            "dqw4",
            "os_crypt",
            "extension settings",
            "tdata",
            "cookie3",
            "[\\w-]{24}",
            "mfa\\");

    ReadsBrowserData() {
        super(
                "reads-browser-data",
                "reaches for saved passwords, cookies or tokens of browsers",
                35,
                "tools that drive browsers know their folders, not these files",
                "T1555.003",
                "T1539");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(DATA));
        }
    }
}
