package uk.reeve.register.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Words;

@Controller
public class RecordPages {

    private static final int A_PAGE = 50;

    private final AuditLog audit;

    RecordPages(AuditLog audit) {
        this.audit = audit;
    }

    /// @param outside only what others did
    /// @param next where older entries are
    public record OurRecord(
            List<AuditLog.Entry> entries,
            boolean outside,
            @Nullable String next) {

        public String answer() {
            long others = entries.stream().filter(AuditLog.Entry::outside).count();
            if (outside && entries.isEmpty()) {
                return "No one outside your organisation has looked.";
            }
            if (entries.isEmpty()) {
                return "Nothing has been done yet that is recorded.";
            }
            return others == 0
                    ? "No one outside your organisation appears on this page."
                    : Words.count(others, "entry", "entries") + " on this page " + (others == 1 ? "is" : "are")
                            + " of others.";
        }
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/record")
    Page ours(
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long before,
            @RequestParam(defaultValue = "false") boolean outside) {
        List<AuditLog.Entry> found = audit.ofOurs(before, outside, A_PAGE + 1);
        List<AuditLog.Entry> shown = found.subList(0, Math.min(found.size(), A_PAGE));
        String next = found.size() > A_PAGE
                ? "/organisation/record?before=" + shown.getLast().id() + (outside ? "&outside=true" : "")
                : null;
        return Page.of("audit/record", new OurRecord(shown, outside, next));
    }
}
