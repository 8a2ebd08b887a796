package uk.reeve.register.statement;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Problem;

@RestController
class VexApi {

    private static final int FIRST = 20;

    private final VexDocuments documents;

    VexApi(VexDocuments documents) {
        this.documents = documents;
    }

    /// @param file under `/statements/files/`
    /// @param statements how many it made now
    /// @param known whether the same bytes were published already; then nothing changed
    record Published(String file, int statements, boolean known, List<VexDocuments.LeftOut> leftOut) {}

    /// An OpenVEX, CSAF or CycloneDX document as the body, as it is; published at once under the key's organisation.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/api/v1/statements")
    @ResponseStatus(HttpStatus.CREATED)
    Published publish(HttpServletRequest request) throws IOException {
        byte[] file = request.getInputStream().readNBytes(VexDocuments.MOST_BYTES + 1);
        if (file.length > VexDocuments.MOST_BYTES) {
            throw Problem.TOO_LARGE.because("A VEX document has at most 20 MB.");
        }
        try {
            VexDocuments.Document document =
                    documents.find(documents.receive("Sent by key", file)).orElseThrow();
            if (document.publishedAt() == null) {
                VexDocuments.Plan plan = documents.plan(document);
                if (plan.says().isEmpty()) {
                    throw Problem.NOT_POSSIBLE.because("Nothing in it can be published. " + reasons(plan.leftOut()));
                }
            }
            return documents
                    .publish(document)
                    .map(done -> new Published(document.ref(), done.says().size(), false, done.leftOut()))
                    .orElseGet(() -> new Published(document.ref(), 0, true, documents.leftOut(document)));
        } catch (Unreadable e) {
            throw Problem.NOT_POSSIBLE.because("The file " + (e.line() == 0 ? "" : "at line " + e.line() + " ")
                    + Unreadable.oneLine(e.getMessage()) + ". Nothing was stored.");
        }
    }

    private static String reasons(List<VexDocuments.LeftOut> leftOut) {
        StringBuilder told = new StringBuilder();
        for (VexDocuments.LeftOut one : leftOut.subList(0, Math.min(FIRST, leftOut.size()))) {
            told.append(VexPages.Received.line(one.line()))
                    .append(one.what().isEmpty() ? "" : ", " + one.what())
                    .append(": ")
                    .append(one.why())
                    .append(". ");
        }
        return told.append(leftOut.size() > FIRST ? "And " + (leftOut.size() - FIRST) + " more." : "")
                .toString()
                .strip();
    }
}
