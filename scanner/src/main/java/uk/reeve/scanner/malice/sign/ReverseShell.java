package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// A shell whose input and output are a connection to somebody else.
final class ReverseShell extends Sign {

    private static final Trait SHELL = Trait.of(
            "/dev/tcp/|\\bnc(?:at)?\\b[^\\n]{0,60}\\s-e\\s?/?|mkfifo[^\\n]{0,200}\\bnc\\b|bash\\s{1,3}-i\\s?[>&]|dup2\\s?\\([^\\n]{0,400}(?:/bin/(?:ba)?sh|pty\\.spawn)|pty\\.spawn\\s?\\(\\s?[\"']/bin/|socat\\s[^\\n]{0,120}exec|\\$client\\.getstream|new-object\\s{1,3}(?:system\\.)?net\\.sockets\\.tcpclient",
            "/dev/tcp",
            "nc",
            "mkfifo",
            "bash",
            "dup2",
            "pty.spawn",
            "socat",
            "getstream",
            "tcpclient");
    private static final Trait CONNECTS = Trait.of(
            "net\\.(?:connect|createconnection|socket)\\b|\\.connect\\s?\\(|socket\\.socket|tcpsocket|net\\.dial|tcpstream|tcpclient|fsockopen|new socket\\s?\\(|websocket|java/net/socket",
            "net.",
            "connect",
            "socket",
            "tcp",
            "dial");
    private static final Trait PIPED = Trait.of(
            "(?:stdin|stdout|stderr|inputstream|outputstream)[^\\n]{0,60}(?:pipe|sock|conn|client|dup)|pipe\\s?\\([^\\n]{0,40}(?:stdin|sh\\.|shell)|dup2|fileno\\(\\)|\\.pipe\\((?:sh|cp|proc|child|shell)\\.stdin|recv\\s?\\(\\s?\\d{3,5}\\s?\\)[^\\n]{0,200}|cmd\\.stdin\\s?=|\\.stdin\\s?=\\s?\\w{1,12}|stdio\\s?:\\s?\\[\\s?(?:client|sock|conn)|redirecterrorstream|stdin\\(|in:\\s?s\\b",
            "stdin",
            "stdout",
            "dup2",
            "fileno",
            "recv",
            "stdio",
            "redirecterror");
    private static final Trait PROGRAM = Trait.of(
            "[\"'`](?:/bin/)?(?:ba|z|da)?sh[\"'`]|[\"'`]cmd(?:\\.exe)?[\"'`]|powershell|/bin/(?:ba)?sh|os\\.popen|subprocess\\.(?:popen|check_output|getoutput|run)|execsync|shell_exec|backtick",
            "sh",
            "cmd",
            "popen",
            "subprocess",
            "exec");

    ReverseShell() {
        super(
                "reverse-shell",
                "opens a shell to somebody else",
                64,
                "only tools for remote administration do so, and they listen rather than call",
                "T1059.004",
                "T1571");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language() == Language.COMPILED) {
            boolean all =
                    text.has(SOCKET) && text.has(STARTS) && text.has(SHELL_NAME) && Addresses.firstNumber(text) >= 0;
            out.add(this, text, all ? text.first(SHELL_NAME) : -1);
        }
        if (!text.language().isCode()) {
            return;
        }
        int at = text.first(SHELL);
        if (at < 0
                && text.text().length() < 60_000
                && text.near(CONNECTS, PIPED, 900) >= 0
                && text.near(PIPED, PROGRAM, 700) >= 0) {
            at = text.near(CONNECTS, PROGRAM, 900);
            at = at >= 0 && (Addresses.firstRaw(text) >= 0 || text.has(PORT)) ? at : -1;
        }
        boolean named = Addresses.firstRaw(text) >= 0 || text.has(PORT);
        at = at < 0 && named && text.text().length() < 60_000 ? text.near(RECEIVED, CONNECTS, 900) : at;
        boolean asks = at < 0 && text.text().length() < 60_000 && Addresses.firstUnexpected(text) >= 0;
        out.add(this, text, asks ? text.near(ORDERED, Behaviour.FETCHES, 900) : at);
    }

    /// What came is the command.
    private static final Trait RECEIVED = Trait.of(
            "exec\\.command\\s?\\([^\\n]{0,60}[\"'](?:-c|/c)[\"']\\s?,\\s?[a-z]|(?:popen|check_output|getoutput|system|execsync|shell_exec|exec|subprocess\\.\\w{3,12})\\s?\\(\\s?(?:cmd|command|data|line|buf|input|msg|recv)\\b",
            "exec",
            "popen",
            "output",
            "system",
            "subprocess");

    /// A command that comes under a name, in an answer that was asked for.
    private static final Trait ORDERED = Trait.of(
            "(?:popen|check_output|getoutput|system|execsync|\\bexec|shell_exec|subprocess\\.\\w{3,12})\\s?\\(\\s?\\w{1,20}(?:\\.get\\(|\\[)\\s?[\"'](?:cmd|command|order|task|exec|shell)[\"']",
            "exec",
            "popen",
            "output",
            "system",
            "subprocess");

    // What a class that connects to a shell names.
    private static final Trait SOCKET =
            Trait.of("java/net/socket\\b|sockets\\.tcpclient|\\btcpclient\\b", "socket", "tcpclient");
    private static final Trait STARTS =
            Trait.of("java/lang/processbuilder|java/lang/runtime|\\bprocessstartinfo\\b", "java/lang/", "processstart");
    private static final Trait SHELL_NAME =
            Trait.of("/bin/(?:ba)?sh\\b|\\bcmd\\.exe\\b|\\bpowershell\\b", "/bin/", "cmd", "powershell");

    private static final Trait PORT = Trait.of(
            "(?:connect|dial|createconnection|fsockopen|tcpclient|socket|open|new)\\s?\\(\\s?[({]{0,2}[^\\n]{0,60}[\"'`][\\w.-]{4,60}(?:[\"'`]\\s?,\\s?|:)\\d{2,5}|port\\s?[:=]\\s?\\d{3,5}|connect\\s?\\(\\s?\\d{2,5}\\s?,\\s?[\"'`]|dial\\s?\\(\\s?[\"']tcp|(?:host|server|rhost|ip)\\s?[:=]\\s?[\"'][\\w.-]{4,60}[\"']",
            "connect",
            "dial",
            "fsockopen",
            "tcpclient",
            "socket",
            "open",
            "port",
            "host",
            "server",
            "ip");
}
