package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.content.Trait;

/// Text from elsewhere goes straight into an interpreter: `curl … | sh`, `iex (iwr …)`, a download that is started
/// in the next breath. No review of the package can see what runs. Only where it runs by itself, see
/// [OffersDownload], or is compiled, where nobody reads it.
final class RunsDownload extends Sign {

    static final Trait DOWNLOAD = Trait.of(
            "(?:\\bcurl|\\bwget|\\biwr|\\birm|invoke-webrequest|invoke-restmethod|\\bfetch)\\b[^\\n|]{0,400}\\|\\s{0,4}(?:sudo\\s{1,4})?(?:/usr)?(?:/bin/)?(?:env\\s{1,4})?(?:(?:ba|z|da|k)?sh\\b|python|node\\b|perl\\b|ruby\\b|php\\b|iex\\b|invoke-expression|base64|tar\\s[^\\n]{0,80}&&|gunzip[^\\n]{0,40}\\|)"
                    + "|(?:\\bsh|\\bbash|\\bzsh|\\beval|\\bsource)\\s{1,4}(?:-c\\s{1,4})?[\"'\\\\<($`]{1,5}(?:curl|wget)\\b"
                    + "|\\b(?:curl|wget)\\b[^\\n]{0,300}(?:&&|;|\\|\\||&)\\s{0,4}(?:(?:sudo\\s{1,4})?chmod\\b[^\\n]{0,100}(?:&&|;|&)\\s{0,4})?(?:sudo\\s{1,4}|nohup\\s{1,4}|start\\s{1,4}(?:/b\\s{1,4})?|exec\\s{1,4}|\\(\\s{0,2})?(?:\\./|/tmp/|/var/tmp/|/dev/shm/|~/|\\$\\w{1,20}\\b|\\$\\{|%temp%|(?:ba|z|da)?sh\\s|python[\\d.]{0,4}\\s|node\\s|perl\\s|ruby\\s|\\w{1,30}\\.(?:exe|bat|sh|py|js|vbs|ps1)\\b)"
                    + "|\\b(?:curl|wget)\\b[^\\n]{0,300}(?:\\n[^\\n]{0,120}){0,3}\\n\\s{0,8}(?:sudo\\s{1,4})?chmod\\b[^\\n]{0,100}\\n"
                    + "|(?:\\biex|invoke-expression)\\b[^\\n]{0,120}(?:download(?:string|data)|\\biwr\\b|\\birm\\b|invoke-webrequest|invoke-restmethod|webclient|curl|wget)"
                    + "|download(?:string|data)\\s?\\([^\\n]{0,300}(?:\\|\\s{0,3}iex|invoke-expression|\\.invoke|::load)"
                    + "|(?:downloadfile|start-bitstransfer|-outfile|\\biwr\\b|invoke-webrequest)[^\\n]{0,400}(?:;|&|\\n)[^\\n]{0,120}(?:start-process|\\bstart\\b|&\\s|invoke-item|\\bcall\\b|rundll32)"
                    + "|\\bmshta(?:\\.exe)?[\"']?\\s{1,4}[\"']?https?:|regsvr32[^\\n]{0,80}https?:|rundll32[^\\n]{0,80}https?:|msiexec[^\\n]{0,60}https?:|wmic[^\\n]{0,80}/format:[\"']?https?:"
                    + "|certutil[^\\n]{0,40}urlcache[^\\n]{0,300}(?:&|;|\\.exe)|bitsadmin[^\\n]{0,40}/transfer"
                    + "|\\bnpx\\s{1,4}(?:-y\\s{1,4}|--yes\\s{1,4})?https?:|\\b(?:npm|pnpm|yarn|bun)\\s{1,4}(?:i|install|add)\\s[^\\n]{0,60}https?:|pip[\\d.]{0,4}[\"',\\s]{1,5}install[\"',\\s][^\\n]{0,100}(?:https?://|--index-url|--extra-index-url|git\\+)|gem\\s{1,4}install[^\\n]{0,60}https?:"
                    + "|python[\\d.]{0,4}\\s{1,4}-c\\b[^\\n]{0,200}(?:urlopen|requests\\.get)[^\\n]{0,200}|node\\s{1,4}-e\\b[^\\n]{0,200}https?\\.get[^\\n]{0,200}(?:eval|function)",
            "curl",
            "wget",
            "iwr",
            "irm",
            "invoke-",
            "fetch",
            "iex",
            "download",
            "bitstransfer",
            "mshta",
            "regsvr32",
            "rundll32",
            "msiexec",
            "wmic",
            "certutil",
            "bitsadmin",
            "npx",
            "install",
            " add ",
            " i ",
            "python",
            "node",
            "-outfile");

    RunsDownload() {
        super(
                "runs-download",
                "downloads a program and runs it",
                70,
                "honest packages ship or build what they run; where they fetch, they check it first and do not pipe it into a shell",
                "T1059.004",
                "T1105");
    }

    @Override
    public void look(FileText text, Sightings out) {
        boolean runs = text.stage() != Stage.CALLED && text.language().isCode();
        if (runs || text.language() == Language.COMPILED) {
            out.add(this, text, text.first(DOWNLOAD));
        }
    }
}
