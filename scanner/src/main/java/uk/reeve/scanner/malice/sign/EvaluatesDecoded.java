package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Text that was made unreadable is decoded and run in one expression.
final class EvaluatesDecoded extends Sign {

    private static final Trait NESTED = Trait.of(
            "(?:(?<![.\\w$])eval|(?<![.\\w$])exec|new function|instance_eval|class_eval|_compile|\\bassert(?=\\s?\\(\\s?(?:[@$]|base64_|gz|str))|\\biex|invoke-expression|marshal\\.loads|runinthiscontext|runinnewcontext|create_function|(?<![.\\w])compile)\\s?[(\\s]\\s?[^\\n;]{0,160}"
                    + "(?:b64decode|b32decode|b85decode|a85decode|base64_decode|decode64|\\batob\\s?\\(|buffer\\.from\\s?\\(|new buffer\\s?\\(|frombase64|fromcharcode|unescape\\s?\\(|unhexlify|fromhex|decompress|gzinflate|gzuncompress|str_rot13|rot_?13|unpack1?\\s?\\(?\\s?[\"']m|pack\\s?\\(\\s?[\"']h|hex2bin|\\.decrypt|decipher|base64\\s{1,4}(?:-d|--decode)|\\[::-1\\]|join\\s?\\(\\s?(?:map\\s?\\(\\s?)?(?:chr|\\[?chr)|split\\(\\s?[\"']{2}\\s?\\)\\.reverse)"
                    + "|(?<![.\\w$])function\\s?\\(\\s?(?:atob|buffer\\.from|string\\.fromcharcode|unescape|decodeuricomponent)\\b"
                    + "|new module\\.constructor\\b|base64[\"',\\s]{1,5}(?:-d|--decode|-di)\\b[^\\n]{0,80}\\|\\s{0,3}(?:(?:ba|z|da)?sh|python|node|perl|ruby)\\b"
                    + "|(?:\\bxz|gunzip|gzip|zcat|bzip2|lzma|openssl)\\b[^\\n]{0,160}\\|\\s{0,3}(?:/bin/)?(?:ba|z|da)?sh\\b|\\bexec\\s?\\(\\s?[\\w.]{0,30}__doc__|__import__\\s?\\([^\\n]{0,200}__import__\\s?\\(\\s?[\"'](?:base64|zlib|marshal|codecs)"
                    + "|powershell[^\\n]{0,120}\\s-e(?:nc|ncodedcommand|c)?\\s{1,4}[\"']?[a-z0-9+/=]{20,}",
            "eval",
            "exec",
            "function",
            "_compile",
            "assert",
            "iex",
            "invoke-",
            "marshal",
            "runin",
            "compile",
            "base64",
            "xz",
            "zip",
            "zcat",
            "lzma",
            "openssl",
            "__import__",
            "powershell");

    EvaluatesDecoded() {
        super(
                "evaluates-decoded",
                "decodes hidden text and runs it",
                64,
                "there is no reason to hide one's own program from its reader; packers for size are the exception",
                "T1027",
                "T1140",
                "T1059");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(NESTED));
        }
    }
}
