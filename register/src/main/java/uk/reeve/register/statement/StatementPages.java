package uk.reeve.register.statement;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.vex.Justification;
import uk.reeve.engine.vex.Status;
import uk.reeve.register.advisory.Records;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.advisory.Vulnerabilities.Vulnerability;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.FileName;
import uk.reeve.register.catalogue.Plain;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Products.Release;
import uk.reeve.register.catalogue.ReleaseHead;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Who has said what of a release, and how its supplier says it.
@Controller
public class StatementPages {

    private static final ZoneId UK = ZoneId.of("Europe/London");
    private static final int LONGEST = 4_000;
    private static final Map<Justification, String> REASONS = Map.of(
            Justification.COMPONENT_NOT_PRESENT, "The component is not there",
            Justification.VULNERABLE_CODE_NOT_PRESENT, "The vulnerable code is not there",
            Justification.VULNERABLE_CODE_NOT_IN_EXECUTE_PATH, "The vulnerable code is never run",
            Justification.VULNERABLE_CODE_CANNOT_BE_CONTROLLED_BY_ADVERSARY, "An attacker cannot reach it",
            Justification.INLINE_MITIGATIONS_ALREADY_EXIST, "The product guards against it by itself");

    private final Products products;
    private final Statements statements;
    private final Vulnerabilities vulnerabilities;
    private final VexDocuments documents;
    private final Clock clock;

    StatementPages(
            Products products,
            Statements statements,
            Vulnerabilities vulnerabilities,
            VexDocuments documents,
            Clock clock) {
        this.products = products;
        this.statements = statements;
        this.vulnerabilities = vulnerabilities;
        this.documents = documents;
        this.clock = clock;
    }

    public record All(ReleaseHead head, List<Statements.Row> rows, Instant now) {

        public List<NavLink> leave() {
            String path = "/api/v1" + head.path() + "/statements";
            boolean own = rows.stream().anyMatch(row -> row.own() && !row.superseded() && row.withdrawnAt() == null);
            NavLink json = new NavLink("JSON", path);
            return own ? List.of(json, new NavLink("OpenVEX", path + "?format=openvex")) : List.of(json);
        }

        public String answer() {
            long force = rows.stream()
                    .filter(row -> !row.superseded() && row.withdrawnAt() == null)
                    .count();
            return rows.isEmpty()
                    ? "No one has made a statement on this release."
                    : Words.count(force, "statement is", "statements are") + " in force.";
        }

        public String word(Statements.Row row) {
            return StatementPages.word(row.status());
        }

        /// Why, or what to do, in the words that were given.
        public String more(Statements.Row row) {
            String why = why(row.justification(), row.impact(), row.action());
            return row.fixedVersion() == null ? why : (why + " Fixed in " + row.fixedVersion() + ".").strip();
        }
    }

    /// @param releases to choose from where it is fixed in another
    public record Draft(ReleaseHead head, Form form, List<Option> releases) {

        public List<Option> reasons() {
            List<Option> reasons = new ArrayList<>();
            for (Justification justification : Justification.values()) {
                reasons.add(Option.of(justification.word(), reason(justification.word())));
            }
            return reasons;
        }
    }

    /// @param lines heading and value of what will be published
    public record Check(ReleaseHead head, Form form, Map<String, String> lines, List<String> fields) {}

    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}/statements")
    Page all(@PathVariable String p, @PathVariable String v) {
        ReleaseHead head = products.head(p, v);
        return Page.of(
                "statement/statements",
                new All(head, statements.on(head.release().id()), clock.instant()));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/{v}/statements/new")
    Page draft(@PathVariable String p, @PathVariable String v, Form form) {
        return draft(own(p, v), form);
    }

    /// First shows what will be published; published once `sure` is sent with it.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/statements/new")
    View say(
            @PathVariable String p,
            @PathVariable String v,
            Form form,
            @RequestParam(required = false) @Nullable MultipartFile file)
            throws IOException {
        ReleaseHead head = own(p, v);
        if (file != null) {
            return take(head, form, file);
        }
        Optional<Vulnerability> vulnerability =
                vulnerabilities.byName(Records.spelt(Plain.of(form.value("vulnerability"))));
        Status status = status(form.value("status"));
        if (vulnerability.isEmpty()) {
            form.refuse("vulnerability", "Enter the name of a vulnerability that is known here, like CVE-2021-44228");
        }
        if (status == null) {
            form.refuse("status", "Choose whether the release is affected");
        }
        Statements.Said said =
                vulnerability.isEmpty() || status == null ? null : said(head, vulnerability.get(), status, form);
        if (said == null || form.refused()) {
            return draft(head, form);
        }
        if (!form.value("sure").equals("yes")) {
            return Page.of("statement/check", check(head, vulnerability.orElseThrow(), said, form));
        }
        statements.say(said);
        return SeeOther.to(head.path() + "/statements")
                .saying("The statement is published under your organisation's name.");
    }

    private View take(ReleaseHead head, Form form, MultipartFile file) throws IOException {
        String name = FileName.of(file);
        if (file.isEmpty()) {
            form.refuse("file", "Choose a file: an OpenVEX, CSAF or CycloneDX document");
        } else if (file.getSize() > VexDocuments.MOST_BYTES) {
            form.refuse("file", "The selected file must be smaller than 20 MB");
        } else {
            try {
                return SeeOther.to("/statements/files/" + documents.receive(name, file.getBytes()));
            } catch (Unreadable e) {
                form.refuse("file", Plain.of(Unreadable.oneLine(e.at(name))));
            }
        }
        return draft(head, form);
    }

    private Page draft(ReleaseHead head, Form form) {
        List<Option> releases = new ArrayList<>();
        releases.add(Option.of("", "None yet, or not known"));
        for (Release release : products.releases(head.product().id())) {
            releases.add(Option.of(release.address(), release.version()));
        }
        return Page.of("statement/new", new Draft(head, form, releases));
    }

    private Statements.@Nullable Said said(ReleaseHead head, Vulnerability vulnerability, Status status, Form form) {
        String justification = status == Status.NOT_AFFECTED ? form.value("justification") : "";
        String impact = status == Status.NOT_AFFECTED ? Plain.of(form.value("impact")) : "";
        String action = status == Status.AFFECTED ? Plain.of(form.value("action")) : "";
        String fixedIn = status == Status.AFFECTED ? form.value("fixed") : "";
        if (status == Status.AFFECTED && action.isEmpty()) {
            form.refuse("action", "Say what councils should do now");
        }
        if (status == Status.NOT_AFFECTED && justification.isEmpty() && impact.isEmpty()) {
            form.refuse("justification", "Choose why it is not affected, or say it in your own words");
        }
        if (!justification.isEmpty() && justification(justification) == null) {
            form.refuse("justification", "Choose one of the five reasons");
        }
        for (String text : List.of("impact", "action")) {
            if (form.value(text).length() > LONGEST) {
                form.refuse(text, "Say it in at most 4,000 characters");
            }
        }
        Optional<Release> fixed = fixedIn.isEmpty()
                ? Optional.empty()
                : products.release(head.product().id(), Plain.of(fixedIn));
        if (!fixedIn.isEmpty() && fixed.isEmpty()) {
            form.refuse("fixed", "Choose one of the releases");
        }
        Optional<LocalDate> next = status == Status.UNDER_INVESTIGATION ? form.date("next") : Optional.empty();
        LocalDate today = LocalDate.now(clock.withZone(UK));
        if (status == Status.UNDER_INVESTIGATION
                && next.filter(day -> day.isAfter(today) && day.isBefore(today.plusYears(1)))
                        .isEmpty()) {
            form.refuse("next", "Enter the day of your next word, after today and within a year");
        }
        return form.refused()
                ? null
                : new Statements.Said(
                        head.release().id(),
                        vulnerability.id(),
                        status,
                        justification.isEmpty() ? null : justification,
                        impact.isEmpty() ? null : impact,
                        action.isEmpty() ? null : action,
                        form.chosen("hosting", "yes"),
                        fixed.map(Release::id).orElse(null),
                        next.map(day -> day.atTime(LocalTime.of(17, 0))
                                        .atZone(UK)
                                        .toInstant())
                                .orElse(null));
    }

    private static Check check(ReleaseHead head, Vulnerability vulnerability, Statements.Said said, Form form) {
        Map<String, String> lines = new java.util.LinkedHashMap<>();
        lines.put("Release", head.name());
        lines.put("Vulnerability", vulnerability.heading());
        lines.put("It is", word(said.status()));
        if (said.justification() != null) {
            lines.put("Because", reason(said.justification()));
        }
        if (said.impact() != null) {
            lines.put("In your words", said.impact());
        }
        if (said.action() != null) {
            lines.put("What councils should do", said.action());
        }
        if (said.fixedRelease() != null) {
            lines.put("Fixed in", form.value("fixed"));
        }
        if (said.nextWordBy() != null) {
            lines.put("Next word by", Words.date(said.nextWordBy()));
        }
        if (said.hostingOnly()) {
            lines.put("True of", "What you host yourself, not of a council's own installation");
        }
        return new Check(
                head,
                form,
                lines,
                List.of(
                        "vulnerability",
                        "status",
                        "justification",
                        "impact",
                        "action",
                        "fixed",
                        "hosting",
                        "next-day",
                        "next-month",
                        "next-year"));
    }

    private ReleaseHead own(String p, String v) {
        ReleaseHead head = products.head(p, v);
        if (!head.standing().maker()) {
            throw Problem.NOT_FOUND.because("");
        }
        return head;
    }

    private static @Nullable Status status(String word) {
        for (Status status : Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
                return status;
            }
        }
        return null;
    }

    private static @Nullable Justification justification(String word) {
        for (Justification justification : Justification.values()) {
            if (justification.word().equals(word)) {
                return justification;
            }
        }
        return null;
    }

    static String word(Status status) {
        return word(status.name().toLowerCase(Locale.ROOT));
    }

    private static String word(String status) {
        return switch (status) {
            case "affected" -> "Affected";
            case "not_affected" -> "Not affected";
            case "fixed" -> "Fixed";
            default -> "Being looked into";
        };
    }

    static String why(@Nullable String justification, @Nullable String impact, @Nullable String action) {
        StringBuilder why = new StringBuilder(justification == null ? "" : reason(justification) + ".");
        for (String text : new @Nullable String[] {impact, action}) {
            why.append(text == null ? "" : " " + text);
        }
        return why.toString().strip();
    }

    private static String reason(String word) {
        Justification justification = justification(word);
        return justification == null ? word : REASONS.getOrDefault(justification, word);
    }
}
