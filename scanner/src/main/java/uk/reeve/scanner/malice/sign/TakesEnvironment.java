package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Trait;

/// The whole environment as one piece: build machines keep their secrets in it.
final class TakesEnvironment extends Sign {

    private static final Trait WHOLE = Trait.of(
            "json\\.stringify\\s?\\(\\s?(?:\\{[^;]{0,400})?process\\.env\\b(?!\\s?[.\\[])|object\\.(?:entries|values|fromentries)\\s?\\([^\\n]{0,40}process\\.env\\s?\\)|\\.\\.\\.process\\.env\\s?\\}?\\s?\\)|(?:data|body|payload|info|report|secrets?|loot|json|content)[\"']?\\s?[:=]\\s?(?:\\{[^;]{0,300}[:,]\\s?(?:\\.\\.\\.)?)?process\\.env\\s?[,;}\\n)]|querystring\\.\\w{1,20}\\(\\s?process\\.env|for\\s?\\([^\\n]{0,60}\\bin\\s{1,3}process\\.env"
                    + "|(?:dict|str|repr|dumps|list)\\s?\\(\\s?(?:dict\\s?\\(\\s?)?os\\.environ\\b(?!\\s?[.\\[])|os\\.environ\\.items\\s?\\(|data\\s?=\\s?os\\.environ|json\\s?=\\s?(?:dict\\()?os\\.environ|\\bfor\\s{1,3}\\w{1,20}\\s{1,3}in\\s{1,3}os\\.environ\\s?:"
                    + "|\\benv\\.(?:to_h|to_a|inspect|to_json|each|map|select|to_hash)\\b|(?<!append\\()(?<!env\\s=\\s)(?<!env:\\s)\\bos\\.environ\\(\\)(?!\\.\\.\\.)|env::vars(?:_os)?\\s?\\(|system\\.getenv\\(\\)|json_encode\\s?\\(\\s?(?:\\$_env|\\$_server|getenv\\(\\))|http_build_query\\s?\\(\\s?(?:\\$_env|\\$_server|getenv)|[(=,]\\s?getenv\\(\\)|\\$_env\\s?[);,]|get-childitem\\s{1,3}env:|\\bgci\\s{1,3}env:|dir\\s{1,3}env:|getenvironmentvariables|\\$\\(\\s?(?:env|printenv|export -p)\\s{0,2}(?:\\||\\))|`\\s?(?:printenv|export -p)\\s{0,2}(?:\\||`)|(?:;\\s?|&&\\s?|[\"'(])\\s?(?:env|printenv|export -p)\\s{0,2}(?:\\||>|;)|/proc/(?:self|\\d+|\\*|\\$\\w{1,10})/environ",
            "process.env",
            "environ",
            "env.",
            "env::vars",
            "getenv",
            "$_env",
            "$_server",
            "env:",
            "printenv",
            "env ",
            "env|",
            "env)",
            "env`",
            "export -p");

    // Java: getenv that answers a map. Constants of a class that belong together stand close to each other.
    private static final Trait GETENV = Trait.of("\\bgetenv\\b", "getenv");
    private static final Trait MAP = Trait.of("\\(\\)ljava/util/map;", "()ljava/util/map;");

    TakesEnvironment() {
        super(
                "takes-environment",
                "takes the whole environment as one piece",
                22,
                "programs pass their environment on to others that they start, and do not turn it into text",
                "T1082",
                "T1552.007");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(WHOLE));
        } else if (text.language() == Language.COMPILED) {
            out.add(this, text, text.near(GETENV, MAP, 200));
        }
    }
}
