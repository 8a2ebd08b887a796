package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Data as part of a name that is looked up: it leaves through networks that let nothing else out.
final class DnsTunnel extends Sign {

    private static final Trait LOOKUP = Trait.of(
            "(?:dns\\.(?:promises\\.)?(?:lookup|resolve\\w{0,5})|dns\\.resolver[^\\n]{0,20}|resolver?\\.(?:resolve\\w{0,4}|query)|gethostbyname(?:_ex)?|getaddrinfo|net\\.lookup\\w{2,6}|dns_get_record|checkdnsrr|getallbyname|getbyname|resolv\\.getaddress|resolv::dns[^\\n]{0,40}|inetaddress|gethostentry|to_socket_addrs|lookup_host|(?<![.\\w])(?:resolve4|resolvetxt|lookup))\\s?\\(\\s?[^\\n]{0,160}(?:\\$\\{|\\+\\s?[\"'`]\\.|#\\{|\\{[a-z_\\[\\]:0-9.()]{1,40}\\}\\.|\\.format\\(|%s?\\.|[\"']\\s?%\\s?[(a-z]|\\.join\\(|\\.\\s?[\"']\\.[\\w-]+\\.|format!|sprintf)"
                    + "|(?:^|[\"'`;|&(\\n])\\s?(?:nslookup|dig|host|ping|drill)\\s[^\\n]{0,100}(?:\\$\\(|`|\\$\\{|\\$[a-z_]|%[a-z]{3,20}%|\\{)[^\\n]{0,100}\\.\\w",
            "dns",
            "resolv",
            "gethostby",
            "getaddrinfo",
            "lookup",
            "checkdnsrr",
            "getallbyname",
            "getbyname",
            "inetaddress",
            "gethostentry",
            "socket_addrs",
            "nslookup",
            "dig",
            "host",
            "ping",
            "drill");
    private static final Trait NAME = Trait.of(
            "\\.(?:oast|oastify|burpcollaborator|interactsh?|dnslog|ceye|canarytokens)\\.|\\bdns\\b[^\\n]{0,200}\\b(?:chunk|encode|hex|base32)|[\"'`]\\.[a-z0-9-]{1,40}\\.(?:[a-z0-9-]{1,40}\\.)?[a-z]{2,12}[\"'`]",
            "oast",
            "burp",
            "interact",
            "dnslog",
            "ceye",
            "canarytokens",
            "dns",
            "\".",
            "'.",
            "`.");
    private static final Trait ASKS = Trait.of(
            "dns\\.(?:promises\\.)?(?:lookup|resolve\\w{0,5})\\s?\\(|gethostbyname|net\\.lookup|resolv\\.getaddress|getallbyname|dns_get_record|socket\\.getaddrinfo|gethostentry|nslookup",
            "dns.",
            "gethostbyname",
            "net.lookup",
            "resolv.",
            "getallbyname",
            "dns_get",
            "getaddrinfo",
            "gethostentry",
            "nslookup");

    DnsTunnel() {
        super(
                "dns-tunnel",
                "looks up names that it makes of data",
                30,
                "programs look up names that they are given; few put names together",
                "T1048.003",
                "T1071.004");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            int at = text.first(LOOKUP);
            out.add(this, text, at >= 0 ? at : text.near(ASKS, NAME, 600));
        }
    }
}
