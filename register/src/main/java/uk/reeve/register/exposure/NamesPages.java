package uk.reeve.register.exposure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class NamesPages {

    private static final int LONGEST = 1_000;

    private final Names names;
    private final Vulnerabilities vulnerabilities;

    NamesPages(Names names, Vulnerabilities vulnerabilities) {
        this.names = names;
        this.vulnerabilities = vulnerabilities;
    }

    /// @param grant null where none is open
    public record Shown(
            Vulnerabilities.Vulnerability vulnerability,
            Names.@Nullable Grant grant,
            List<Names.Council> councils,
            Form form) {

        public String answer() {
            return grant == null
                    ? "Names are shown for a reason, recorded, and each council named sees that you looked."
                    : Words.count(councils.size(), "council was", "councils were") + " affected when you looked, "
                            + Words.dateAndTime(grant.grantedAt()) + ".";
        }
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.EDITOR)
    @GetMapping("/sector/vulnerabilities/{name}/councils")
    Page councils(@PathVariable String name, Form form) {
        return page(find(name), form);
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.EDITOR)
    @PostMapping("/sector/vulnerabilities/{name}/councils")
    View take(@PathVariable String name, Form form) {
        Vulnerabilities.Vulnerability vulnerability = find(name);
        if (form.text("reason").isEmpty() || form.text("reason").length() > LONGEST) {
            form.refuse("reason", "Enter why you need the names, in at most 1,000 characters: each council reads it");
            return page(vulnerability, form);
        }
        int named = names.take(vulnerability, form.text("reason"));
        return SeeOther.to("/sector/vulnerabilities/" + vulnerability.name() + "/councils")
                .saying(Words.count(named, "council is", "councils are") + " named, and each sees that you looked");
    }

    private Page page(Vulnerabilities.Vulnerability vulnerability, Form form) {
        Names.Grant grant = names.open(vulnerability.id()).orElse(null);
        return Page.of(
                "exposure/names",
                new Shown(vulnerability, grant, grant == null ? List.of() : names.under(grant), form));
    }

    private Vulnerabilities.Vulnerability find(String name) {
        return vulnerabilities.byName(name).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
