package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page that stands alone: no script, no font, nothing fetched. For a person with a screen reader, a phone or a
/// printer as well: headings in order, tables with captions and scopes, contrast of WCAG 2.2 AA, words beside colour.
public final class HtmlReport {

    private static final String STYLE = """
            :root{color-scheme:light}
            *{box-sizing:border-box}
            body{margin:0;font:1.1875rem/1.4 Arial,Helvetica,sans-serif;color:#0b0c0c;background:#fff}
            header{background:#1d3557;color:#fff;padding:.75rem 1rem;font-weight:700}
            main{max-width:75rem;margin:0 auto;padding:1.5rem 1rem 3rem}
            h1{font-size:2rem;line-height:1.2;margin:0 0 1rem}
            h2{font-size:1.5rem;line-height:1.25;margin:2.5rem 0 .75rem}
            p{margin:0 0 1rem;max-width:45rem}
            .lead{font-size:1.375rem}
            .bad{border-left:.5rem solid #b10e1e;padding:.25rem 0 .25rem 1rem;font-weight:700}
            .good{border-left:.5rem solid #005a30;padding:.25rem 0 .25rem 1rem}
            .scroll{overflow-x:auto}
            .scroll:focus-visible,a:focus-visible,summary:focus-visible{outline:3px solid #0b0c0c;outline-offset:2px;\
            background:#fd0}
            table{border-collapse:collapse;width:100%;font-size:1rem}
            caption{text-align:left;padding:0 0 .5rem;color:#484d50}
            th,td{text-align:left;vertical-align:top;padding:.5rem 1rem .5rem 0;border-bottom:1px solid #b1b4b6;\
            overflow-wrap:anywhere}
            thead th{border-bottom:2px solid #0b0c0c;overflow-wrap:normal}
            tbody th{font-weight:700;min-width:10rem}
            .word{display:inline-block;padding:0 .5rem;border:2px solid;font-weight:700}
            .critical,.malicious{color:#b10e1e}.high{color:#942514}.medium{color:#594d00}.low{color:#1d3557}
            a{color:#1a5ba6}a:visited{color:#4c2c92}
            footer{border-top:2px solid #1d3557;margin-top:3rem;padding-top:1rem;font-size:1rem;color:#484d50}
            @media print{header{background:none;color:#0b0c0c;padding-left:0}body{font-size:10pt}main{padding:0;\
            max-width:none}table{font-size:9pt}thead{display:table-header-group}tr{break-inside:avoid}\
            h2{break-after:avoid}.scroll{overflow:visible}a{color:inherit;text-decoration:none}}
            """;

    private final Report report;
    private final StringBuilder page = new StringBuilder(16384);

    private HtmlReport(Report report) {
        this.report = report;
    }

    public static void write(Report report, OutputStream out) throws IOException {
        HtmlReport html = new HtmlReport(report);
        html.write();
        out.write(html.page.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void write() {
        Summary summary = Summary.of(report);
        Sentences sentences = new Sentences(report, summary);
        String of = Text.list(report.targets());
        page.append("<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ");
        page.append("style-src 'unsafe-inline'\">\n<title>");
        escape(sentences.answer() + " " + of + " - Reeve");
        page.append("</title>\n<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
        page.append("<header>Reeve: known flaws</header>\n<main>\n<h1>");
        escape(of);
        page.append("</h1>\n");
        boolean bad = !summary.flaws.isEmpty() || !summary.malicious.isEmpty();
        paragraph(bad ? "lead bad" : "lead good", sentences.answer());
        if (!sentences.threat().isEmpty()) {
            paragraph(null, sentences.threat());
        }
        String ended = SupportWords.answer(report);
        if (ended != null) {
            paragraph(null, ended);
        }
        for (String line : report.failed()) {
            paragraph("bad", "Failed: " + line);
        }
        int number = 0;
        for (Sheet sheet : Sheet.of(report, summary)) {
            sheet(sheet, ++number);
        }
        page.append("<h2>What was looked at</h2>\n");
        paragraph(null, sentences.lookedAt());
        for (String line : sentences.more()) {
            paragraph(null, line);
        }
        page.append("<footer>\n");
        paragraph(
                null,
                "Made by Reeve " + report.maker() + " on "
                        + Text.date(report.time().toString())
                        + ". A version to move to is one that the advisories name and know nothing against.");
        page.append("</footer>\n</main>\n</body>\n</html>\n");
    }

    private void paragraph(@Nullable String kind, String text) {
        page.append(kind == null ? "<p>" : "<p class=\"" + kind + "\">");
        escape(text);
        page.append("</p>\n");
    }

    private void sheet(Sheet sheet, int number) {
        page.append("<h2 id=\"t").append(number).append("\">");
        escape(sheet.heading());
        page.append("</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t");
        page.append(number).append("\">\n<table>\n<caption>");
        escape(Text.count(sheet.rows().size(), "row", "rows"));
        page.append("</caption>\n<thead>\n<tr>");
        for (String column : sheet.columns()) {
            page.append("<th scope=\"col\">");
            escape(column);
            page.append("</th>");
        }
        page.append("</tr>\n</thead>\n<tbody>\n");
        for (List<String> cells : sheet.rows()) {
            row(cells, sheet.ids());
        }
        page.append("</tbody>\n</table>\n</div>\n");
    }

    private void row(List<String> cells, boolean ids) {
        page.append("<tr><th scope=\"row\">");
        escape(cells.getFirst());
        page.append("</th>");
        for (int i = 1; i < cells.size(); i++) {
            page.append("<td>");
            if (ids && i == 2) {
                links(cells.get(i));
            } else if (ids && i == 3) {
                severity(cells.get(i));
            } else {
                escape(cells.get(i));
            }
            page.append("</td>");
        }
        page.append("</tr>\n");
    }

    private void links(String ids) {
        boolean first = true;
        for (String id : ids.split(" ")) {
            String address = Ids.address(id);
            page.append(first ? "" : " ");
            first = false;
            if (address == null) {
                escape(id);
                continue;
            }
            page.append("<a rel=\"noreferrer\" href=\"");
            escape(address);
            page.append("\">");
            escape(id);
            page.append("</a>");
        }
    }

    private void severity(String text) {
        for (String word : List.of("malicious", "critical", "high", "medium", "low")) {
            if (text.contains(word)) {
                page.append("<span class=\"word ").append(word).append("\">");
                escape(text);
                page.append("</span>");
                return;
            }
        }
        escape(text);
    }

    private void escape(String text) {
        String clean = Text.clean(text);
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            switch (c) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                default -> page.append(c);
            }
        }
    }
}
