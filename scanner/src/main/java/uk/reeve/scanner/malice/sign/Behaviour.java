package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.Trait;

/// What code of many languages does that more than one sign asks about. Most honest packages do some of it.
final class Behaviour {

    /// Opens a connection to another machine.
    static final Trait FETCHES = Trait.of(
            "\\b(?:curl|wget)\\b|invoke-webrequest|invoke-restmethod|\\biwr\\b|\\birm\\b|downloadstring|downloadfile|downloaddata"
                    + "|start-bitstransfer|bitsadmin|urlcache|urlopen\\s?\\(|urlretrieve\\s?\\(|urllib3?\\.|httpx?\\.client"
                    + "|\\b(?:requests|httpx|session|aiohttp)\\.(?:get|post|put|request)\\s?\\(|\\bhttps?(?:[\"']\\s?\\))?\\.(?:get|post|request)\\s?\\("
                    + "|\\bfetch\\s?\\(|\\.ajax\\s?\\(|\\b(?:axios|got|needle|superagent|undici)\\b|\\brequest\\s?\\(\\s?[{\"'`]|xmlhttprequest|websocket"
                    + "|net::http|open-uri|uri\\.open|httparty|faraday|restclient|file_get_contents\\s?\\(\\s?[\"']https?:|curl_(?:exec|init)"
                    + "|fsockopen|stream_socket_client|guzzle|reqwest|ureq|hyper::client|minreq|http\\.(?:get|post|newrequest|defaultclient)"
                    + "|net\\.dial|openstream|openconnection|httpclient|webclient|urldownloadtofile|tcpstream|java/net/ur|java/net/socket"
                    + "|java\\.net\\.ur|new url\\(|socket\\.socket\\s?\\(|net\\.(?:connect|createconnection|socket)\\b|tcpsocket|dgram|msxml2|winhttp|<downloadfile",
            "curl",
            "wget",
            "invoke-",
            "iwr",
            "irm",
            "download",
            "bits",
            "urlcache",
            "url",
            "requests",
            "httpx",
            "session",
            "aiohttp",
            "http",
            "fetch",
            "ajax",
            "axios",
            "got",
            "needle",
            "superagent",
            "undici",
            "request",
            "websocket",
            "open-uri",
            "faraday",
            "restclient",
            "guzzle",
            "fsockopen",
            "stream_socket",
            "reqwest",
            "ureq",
            "minreq",
            "net.",
            "openstream",
            "openconnection",
            "webclient",
            "tcp",
            "java/net",
            "socket",
            "dgram");

    /// Sends something with the request, not only asks.
    static final Trait SENDS = Trait.of(
            "method[\"']?\\s?[:=]\\s?[\"'`]?(?:post|put)\\b|\\.post\\s?\\(|\\bpost\\s?\\(\\s?[\"'`]http|-x\\s?(?:post|put)|--data|\\s-d\\s|--upload-file|\\s-[ft]\\s"
                    + "|upload(?:string|data|file|values)|urlopen\\([^\\n]{0,200}data|request\\([^\\n]{0,200}data\\s?=|[\"'`]post[\"'`]|post_form|curlopt_post|postfields|::post\\b|http\\.post"
                    + "|sendbeacon|-method\\s+[\"']?post|\\.send(?:all|to)?\\s?\\(|postasync|setrequestmethod|setdooutput|bodypublishers|\\bfetch\\s?\\([^;]{0,200}headers\\s?:\\s?\\{\\s?[\"'`]x-"
                    + "|https?://[^\\s\"'`<>]{3,200}[\"']\\s?(?:\\+|\\.\\s?\\$|\\.\\s?[a-z_0-9]{3,30}\\(|%\\s)|https?://[^\\s\"'`<>]{0,200}(?:\\$\\{|#\\{|\\{[a-z_]|\\$\\(|%s|\\{\\}|%25s|\\$[a-z_])",
            "post", "put", "data", " -d", "upload", " -f", " -t", "send", "http", "setdooutput");

    /// Starts another program.
    static final Trait SPAWNS = Trait.of(
            "child_process|\\bexecsync\\s?\\(|\\bspawn(?:sync)?\\s?\\(|execfile(?:sync)?\\s?\\(|\\bexeca\\b|shelljs"
                    + "|os\\.system\\s?\\(|os\\.popen|\\bsubprocess\\b|\\bpopen\\s?\\(|os\\.exec[lv]|os\\.spawn|os\\.posix_spawn|pty\\.spawn|getoutput\\s?\\(|os\\.startfile"
                    + "|\\bsystem\\s?\\(|\\bsystem\\s[\"']|%x[\\[({|]|io\\.popen|open3|\\bkernel\\.|\\bspawn\\s?[\"'(]|\\bexec\\s?\\(?\\s?[\"'`]"
                    + "|shell_exec|passthru|proc_open|exec\\.command|command::new|getruntime|runtime\\.exec|processbuilder|java/lang/runtime"
                    + "|process\\.start|processstartinfo|start-process|cmd(?:\\.exe)?[\"',\\s]{1,4}/c|powershell|<!@?\\(|<exec\\s|wscript\\.shell|shellexecute|syscall\\.exec|createprocess",
            "child_process",
            "exec",
            "spawn",
            "shell",
            "system",
            "popen",
            "subprocess",
            "getoutput",
            "startfile",
            "%x",
            "open3",
            "kernel.",
            "passthru",
            "proc_open",
            "command",
            "getruntime",
            "process",
            "cmd",
            "<!(",
            "<!@");

    /// Runs text, or bytes, as code.
    static final Trait EVALUATES = Trait.of(
            "(?<![.\\w$])eval\\s?\\(|\\beval\\s+[\"$`(]|new function\\s?\\(|(?<![.\\w])function\\s?\\(\\s?[\"'`](?!return this)|\\bfunction\\.constructor|\\.constructor\\s?\\(\\s?[a-z_\"'`](?!\\.|eturn this)"
                    + "|vm\\.runin|vm\\.script|runinnewcontext|runinthiscontext|(?<![.\\w])exec\\s?\\((?!\\s?\\))|(?:instance|class|module|binding)[._]eval|create_function\\s?\\("
                    + "|\\bassert\\s?\\(\\s?[@$]|invoke-expression|\\biex\\s?[(\\s]\\s?[$(\"&]|\\|\\s?iex\\b|\\._compile\\s?\\(\\s?[^\\n]{1,80},\\s?(?:[\"'`]|\\w{0,12}filename)|assembly[\\])]?(?:::|\\.)load|defineclass|\\bloadstring\\s?\\(|marshal\\.loads"
                    + "|functiontype\\s?\\(|exec_module|scriptenginemanager|__builtins__|builtins[^\\n]{0,20}exec|getattr\\([^\\n]{0,60}exec|process\\.execpath\\s?,\\s?\\[\\s?[\"'`](?:-e|--eval)[\"'`]|globalthis\\[[^\\n]{0,30}eval|global\\.eval|window\\.eval|indirecteval|\\(0,\\s?eval\\)|preg_replace\\([^\\n]{0,40}/e",
            "eval",
            "function",
            "constructor",
            "vm.",
            "runin",
            "exec",
            "assert",
            "invoke-",
            "iex",
            "_compile",
            "assembly",
            "defineclass",
            "loadstring",
            "marshal",
            "scriptengine",
            "execpath",
            "builtins",
            "preg_replace");

    /// Turns what cannot be read into what can.
    static final Trait DECODES = Trait.of(
            "buffer\\.from\\s?\\([^\\n]{0,400}?[\"'`](?:base64|hex)|[\"'`]base64[\"'`]|\\batob\\s?\\(|b(?:16|32|64|85)decode|a85decode|base64_decode|decode64|unpack1?\\s?\\(?\\s?[\"']m"
                    + "|frombase64|fromcharcode|\\bunescape\\s?\\(|unhexlify|fromhex\\s?\\(|codecs\\.decode|decompress|gunzip|inflate|gzuncompress|str_rot13|rot13"
                    + "|pack\\s?\\(\\s?[\"']h\\*|hex2bin|hex::decode|base64::|base64\\.std|decodestring\\s?\\(|getdecoder|base64\\s+(?:-d|--decode)|\\[::-1\\]|\\.reverse\\(\\)\\.join|bytes\\(\\[|chr\\s?\\(|bytes\\.fromhex|b64decode",
            "buffer",
            "base64",
            "atob",
            "decode",
            "unpack",
            "fromcharcode",
            "unescape",
            "unhexlify",
            "fromhex",
            "decompress",
            "gunzip",
            "inflate",
            "gzuncompress",
            "rot13",
            "pack",
            "hex2bin",
            "[::-1]",
            "reverse",
            "bytes",
            "chr");

    /// Turns an address, or a name, that was made unreadable into text; unpacking for size is none of it.
    static final Trait REVEALS = Trait.of(
            "[\"'`](?:base64|hex)[\"'`]\\s?\\)\\s?(?:\\.tostring|;)|\\batob\\s?\\(\\s?[\"'`]|b(?:16|32|64|85)decode\\s?\\(\\s?[b\"']|base64_decode\\s?\\(\\s?[\"']|fromcharcode\\s?\\(\\s?\\d|unhexlify\\s?\\(\\s?[b\"']|fromhex\\s?\\(\\s?[\"']|hex::decode\\s?\\(\\s?\"|hex2bin\\s?\\(\\s?[\"']|array_map\\s?\\(\\s?[\"']chr|str_rot13|\\[::-1\\]|b\\s?\\^\\s?0x",
            "base64",
            "hex",
            "atob",
            "decode",
            "fromcharcode",
            "array_map",
            "rot13",
            "[::-1]",
            "^");

    /// Turns what is enciphered into what can be read, by a key that is at hand.
    static final Trait DECRYPTS = Trait.of(
            "createdecipher|fernet\\s?\\(|aes\\.new|aes\\.decrypt|cryptojs\\.\\w{2,10}\\.decrypt|cipher\\.getinstance|openssl_decrypt|createdecryptor|openssl::cipher"
                    + "|\\.decrypt\\s?\\(|charcodeat\\([^\\n]{0,60}\\)\\s?\\^|\\^\\s?\\w{0,20}\\.charcodeat|\\^\\s?ord\\(|ord\\([^\\n]{0,60}\\)\\s?\\^|\\^\\s?\\w{0,10}key|-bxor|\\.xorkeystream|newcfbdecrypter|newcbcdecrypter|\\bxor\\s?\\(",
            "decipher",
            "fernet",
            "aes",
            "decrypt",
            "cipher",
            "charcodeat",
            "ord(",
            "^",
            "xor",
            "crypter");

    /// Writes a file.
    static final Trait WRITES = Trait.of(
            "writefile|createwritestream|appendfile|copyfile|open\\s?\\([^\\n]{0,200}[\"'][wa]b?\\+?[\"']|\\.write\\s?\\(|write_text|write_bytes|file\\.write|file_put_contents|fwrite|os\\.create|writeall|fs::write|file::create"
                    + "|fileoutputstream|java/nio/file/files|files\\.write|files\\.copy|transferto|out-file|set-content|add-content|\\s-o\\s|-outfile|downloadfile|urlretrieve|\\s>>?\\s?[~/\\w$.]|pipe\\(|io\\.copy|binwrite|destinationfolder",
            "write",
            "append",
            "copy",
            "open",
            "create",
            "put_contents",
            "fileoutput",
            "java/nio",
            "transferto",
            "out-file",
            "content",
            " -o",
            "-outfile",
            "download",
            "urlretrieve",
            ">",
            "pipe(",
            "destinationfolder");

    /// Makes a file a program.
    static final Trait MAKES_EXECUTABLE = Trait.of(
            "chmod\\s?\\(\\s?(?:[^\\n]{0,80},\\s?)?(?:0o?[1-7]*[1357]|stat\\.s_i)|chmod\\s{1,3}(?:a?\\+x|[1-7]*[1357]\\b)|setexecutable|from_mode\\(\\s?0o7|chmodsync|\\.chmod\\s?\\(\\s?0o?7",
            "chmod",
            "setexecutable",
            "from_mode");

    /// Keeps what it starts out of sight.
    static final Trait HIDES_PROCESS = Trait.of(
            "detached\\s?:\\s?(?:true|!0)|\\.unref\\(\\)|create_no_window|createnowindow|0x0?8000000|-w(?:indowstyle)?\\s+(?:1\\b|h)|windowstyle\\.hidden|sw_hide|start_new_session|detached_process|\\bnohup\\b|\\bdisown\\b|setsid|>\\s?/dev/null[^\\n]{0,20}&\\s?[\"'`)\\n]|&\\s?>\\s?/dev/null|\\bstart\\s+/b\\b|hidewindow",
            "detached",
            "unref",
            "window",
            "8000000",
            " -w",
            "sw_hide",
            "start_new_session",
            "nohup",
            "disown",
            "setsid",
            "/dev/null",
            "start /b",
            "hidewindow");

    private Behaviour() {}
}
