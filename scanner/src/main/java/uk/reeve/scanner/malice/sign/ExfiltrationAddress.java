package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// Where stolen data is usually sent, because nobody has to own anything: hooks of chats, paste and file drops, request
/// catchers, tunnels.
final class ExfiltrationAddress extends Sign {

    static final Trait PLACE = Trait.of(
            "/api/webhooks/|/bot[\"'`+$\\{#\\d][^\\n]{0,80}/?send(?:message|document|photo)|sendmessage\\?chat_id|chat_id[\"']?\\s?[=:]|/raw/[\\w-]{6,12}[\"'`)]|getsignaturesforaddress|bsc-dataseed|smtplib\\.smtp|/ipfs/|calendar\\.app\\.google"
                    + "|(?:://|[\"'`@])(?:[\\w-]{1,40}\\.){0,3}(?:hooks\\.slack\\.|api\\.telegram\\.|webhook\\.site|[\\w-]{0,20}(?:webhook|paste|exfil|collect|c2|requestbin|interact|tunnel)[\\w-]{0,20}\\.(?:example|invalid|test)|pipedream|requestbin|requestcatcher|hookbin|beeceptor|mockbin|oast\\.|oastify|interact\\.sh|interactsh|burpcollaborator|canarytokens|dnslog|ceye\\.io|ngrok|trycloudflare|serveo\\.|localtunnel|loca\\.lt|localhost\\.run|workers\\.dev"
                    + "|pastebin\\.|paste\\.(?:ee|rs)|pastie\\.|hastebin|ghostbin|rentry\\.|dpaste|0x0\\.st|ix\\.io|termbin|transfer\\.sh|file\\.io|gofile\\.|anonfiles|catbox\\.moe|bashupload|tmpfiles\\.org|npoint\\.|jsonkeeper|jsonbin|jsonsilo|mocky\\.io|[a-z2-7]{16,56}\\.onion|gateway\\.ipfs|grabify|iplogger)",
            "/api/webhooks/",
            "/bot",
            "chat_id",
            "/raw/",
            "getsignaturesforaddress",
            "bsc-dataseed",
            "smtplib",
            "/ipfs/",
            "calendar.app",
            "hooks.slack",
            "telegram",
            "webhook",
            "paste",
            "exfil",
            "collect",
            "c2",
            "request",
            "interact",
            "tunnel",
            "pipedream",
            "hookbin",
            "beeceptor",
            "mockbin",
            "oast",
            "burpcollab",
            "canarytokens",
            "dnslog",
            "ceye.io",
            "ngrok",
            "trycloudflare",
            "serveo",
            "localtunnel",
            "loca.lt",
            "localhost.run",
            "workers.dev",
            "pastie",
            "bin",
            "rentry",
            "0x0.st",
            "ix.io",
            "transfer.sh",
            "file.io",
            "gofile",
            "anonfiles",
            "catbox",
            "bashupload",
            "tmpfiles",
            "npoint",
            "json",
            "mocky",
            ".onion",
            "ipfs",
            "grabify");

    ExfiltrationAddress() {
        super(
                "exfiltration-address",
                "knows an address that needs no owner: a chat's hook, a paste or request catcher, a tunnel",
                20,
                "libraries of chats have these addresses, but with another's key in place of their own",
                "T1567",
                "T1102");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode() || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(PLACE));
        }
    }
}
