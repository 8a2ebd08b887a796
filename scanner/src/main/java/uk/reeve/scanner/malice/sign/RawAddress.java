package uk.reeve.scanner.malice.sign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// A number in place of a host's name, which has no owner that could be asked.
final class RawAddress extends Sign {

    private static final Trait SOCKET = Trait.of(
            "(?:connect|dial|host|addr|ip|server|c2|/dev/tcp/|socket)[\\w]{0,12}[\"']?\\s?[(=:,/]{0,3}\\s?[(\\[\"'`\\s]{0,4}(?:tcp[\"'],\\s?[\"']|\\d{2,5}\\s?,\\s?[\"'`])?\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b",
            "connect",
            "dial",
            "host",
            "addr",
            "ip",
            "server",
            "c2",
            "/dev/tcp",
            "socket");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    RawAddress() {
        super(
                "raw-address",
                "talks to an address that is a number",
                20,
                "honest code has those of its own machine and network, which are not told",
                "T1071.001",
                "T1571");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (!text.language().isCode() && text.language() != Language.COMPILED) {
            return;
        }
        int web = Addresses.firstRaw(text);
        out.add(this, text, web >= 0 ? web : socket(text));
    }

    private static int socket(FileText text) {
        for (int at : text.hits(SOCKET)) {
            Matcher number = NUMBER.matcher(text.lower())
                    .region(at, Math.min(text.lower().length(), at + 60));
            if (number.find()
                    && !Addresses.isOwn(number.group())
                    && !number.group().startsWith("0")) {
                return at;
            }
        }
        return -1;
    }
}
