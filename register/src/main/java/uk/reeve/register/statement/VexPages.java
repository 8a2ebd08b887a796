package uk.reeve.register.statement;

import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// A VEX document of the asking supplier: what it would say, and what it said. It comes in on the page of a statement.
@Controller
public class VexPages {

    private static final int SHOWN = 500;

    private final VexDocuments documents;

    VexPages(VexDocuments documents) {
        this.documents = documents;
    }

    /// @param says what it would say, while it is not published
    /// @param said how many statements it made, once it is
    public record Received(
            VexDocuments.Document document,
            List<VexDocuments.Says> says,
            List<VexDocuments.LeftOut> leftOut,
            int said) {

        public boolean published() {
            return document.publishedAt() != null;
        }

        public String answer() {
            return published()
                    ? Words.count(said, "statement was", "statements were") + " published from it, under your"
                            + " organisation's name." + rest()
                    : says.isEmpty()
                            ? "Nothing in it can be published. Nothing was stored but the file, for 7 days."
                            : Words.count(says.size(), "statement")
                                    + " would be published, under your organisation's name." + rest();
        }

        private String rest() {
            return leftOut.isEmpty()
                    ? ""
                    : " " + Words.count(leftOut.size(), "line") + " left out, with the reason below.";
        }

        public String button() {
            return says.size() == 1 ? "Publish the statement" : "Publish " + Words.count(says.size(), "statement");
        }

        public List<VexDocuments.Says> first() {
            return says.subList(0, Math.min(SHOWN, says.size()));
        }

        public List<VexDocuments.LeftOut> firstLeftOut() {
            return leftOut.subList(0, Math.min(SHOWN, leftOut.size()));
        }

        public boolean cut() {
            return says.size() > SHOWN || leftOut.size() > SHOWN;
        }

        public String word(VexDocuments.Says says) {
            return StatementPages.word(says.said().status());
        }

        public String why(VexDocuments.Says says) {
            return StatementPages.why(
                    says.said().justification(),
                    says.said().impact(),
                    says.said().action());
        }

        public static String line(int line) {
            return line == 0 ? "The file" : "Line " + line;
        }
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/statements/files/{ref}")
    Page received(@PathVariable String ref) {
        VexDocuments.Document document = find(ref);
        if (document.publishedAt() != null) {
            return Page.of(
                    "statement/file",
                    new Received(document, List.of(), documents.leftOut(document), documents.said(document)));
        }
        VexDocuments.Plan plan = documents.plan(document);
        return Page.of("statement/file", new Received(document, plan.says(), plan.leftOut(), 0));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/statements/files/{ref}")
    View publish(@PathVariable String ref) {
        Optional<VexDocuments.Plan> plan = documents.publish(find(ref));
        return SeeOther.to("/statements/files/" + ref)
                .saying(plan.map(done -> Words.count(done.says().size(), "statement") + " published.")
                        .orElse("It was published already. Nothing changed."));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/statements/files/{ref}/original")
    ResponseEntity<byte[]> original(@PathVariable String ref) {
        byte[] file = documents.original(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(ref).build().toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(file);
    }

    private VexDocuments.Document find(String ref) {
        return documents.find(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
