package uk.reeve.register.web;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Each component with values as they may be; the HTML, the browser and the reserved names are tested on these.
final class Examples {

    private static final Instant NOW = Instant.parse("2026-05-12T08:14:00Z");

    private final TemplateEngine engine;
    private final Map<String, String> rendered = new LinkedHashMap<>();

    private Examples(TemplateEngine engine) {
        this.engine = engine;
    }

    /// HTML by name, in the order of the page that shows them all.
    static Map<String, String> all(TemplateEngine engine) {
        Examples examples = new Examples(engine);
        examples.words();
        examples.marks();
        examples.lists();
        examples.forms();
        examples.machines();
        return examples.rendered;
    }

    private void words() {
        add("breadcrumbs", "govuk/breadcrumbs", Map.of("links", List.of(new NavLink("Products", "/products"))));
        add("back-link", "govuk/back-link", Map.of("link", new NavLink("Back", "/products")));
        add("inset-text", "govuk/inset-text", Map.of("text", "Tour 3 of 6: decide."));
        add("warning-text", "govuk/warning-text", Map.of("text", "The advisories are 9 days old."));
        Basis old = new Basis(LocalDate.of(2026, 5, 3), List.of("npm (as of 3 May, 9 days old)"), false);
        add("basis-old", "web/basis", Map.of("basis", old));
        add("basis-old-administrator", "web/basis", Map.of("basis", new Basis(old.asOf(), old.old(), true)));
        add(
                "panel",
                "govuk/panel",
                Map.of("title", "Report sent", "heading", false, "content", text("Reference CASE-9XW2H")));
        add(
                "details",
                "govuk/details",
                Map.of(
                        "summary",
                        "What is an SBOM?",
                        "content",
                        text("A list of the parts that a release is made of.")));
        add(
                "banner-success",
                "govuk/notification-banner",
                Map.of("text", "10 systems added", "success", true, "id", "banner-success"));
        add(
                "banner-neutral",
                "govuk/notification-banner",
                Map.of("text", "The feed of advisories fails since 9:10am", "id", "banner-neutral"));
    }

    private void marks() {
        for (Tone tone : Tone.values()) {
            add(
                    "tag-" + tone.css().substring("govuk-tag--".length()),
                    "govuk/tag",
                    Map.of("text", "Asked", "tone", tone));
        }
        for (UrgencyMark mark : UrgencyMark.values()) {
            add("urgency-" + file(mark), "web/urgency", Map.of("mark", mark));
        }
        for (VerdictMark mark : VerdictMark.values()) {
            add("verdict-" + file(mark), "web/verdict", Map.of("mark", mark));
        }
        add("time", "web/time", Map.of("at", NOW));
        add("as-of", "web/as-of", Map.of("at", NOW.minusSeconds(60), "now", NOW, "limit", Duration.ofDays(1)));
        add(
                "as-of-old",
                "web/as-of",
                Map.of("at", NOW.minus(Duration.ofDays(9)), "now", NOW, "limit", Duration.ofDays(1)));
        add(
                "source",
                "web/source",
                Map.of(
                        "said", Said.DECLARED,
                        "by", "Larkfield Systems",
                        "at", NOW.minus(Duration.ofDays(8)),
                        "now", NOW,
                        "detail", "CycloneDX 1.6, sha256 9f2c…",
                        "original", "/sboms/1/original",
                        "correction", "/corrections/new"));
        add("source-matched", "web/source", Map.of("said", Said.MATCHED, "by", "Reeve", "at", NOW, "now", NOW));
    }

    private void lists() {
        add(
                "summary-list",
                "govuk/summary-list",
                Map.of(
                        "rows",
                        List.of(
                                Row.of("Name", "Revenues live").change("/systems/1/edit"),
                                Row.of("Service", "Council tax & benefits"),
                                new Row(
                                        "Release",
                                        text("Larkfield Revenues 8.2"),
                                        List.of(
                                                new NavLink("Record an upgrade", "/systems/1/release"),
                                                new NavLink("Retire", "/systems/1"))))));
        String rows = row(
                        cell("System", "Revenues live", true, false),
                        verdict(VerdictMark.AFFECTED),
                        cell("Councils", "1,038", false, true))
                + row(
                        cell("System", "CaseTrack for adult social care", true, false),
                        verdict(VerdictMark.NOT_CHECKABLE),
                        cell("Councils", "42", false, true));
        add(
                "table",
                "govuk/table",
                Map.of(
                        "caption", "What to do",
                        "columns",
                                List.of(
                                        Column.of("System").sortBy("/systems?sort=name", "ascending"),
                                        Column.of("Verdict"),
                                        Column.number("Councils").sortBy("/systems?sort=councils", null)),
                        "body", html(rows)));
        add("pagination", "govuk/pagination", Map.of("previous", "/products?before=c", "next", "/products?after=m"));
        add(
                "task-list",
                "govuk/task-list",
                Map.of(
                        "tasks",
                        List.of(
                                Task.done("Load advisories", "/admin/sources"),
                                Task.open("Add organisations", "/admin/organisations", "Not yet started"),
                                new Task("Invite people", null, "Add organisations first", "Cannot start yet", null))));
    }

    private void forms() {
        Form refused = new Form()
                .with("name", "Revenues \"live\" <8>")
                .with("password", "never shown again")
                .with("hosting", "saas")
                .with("due-day", "31")
                .with("due-month", "4")
                .with("due-year", "2026")
                .refuse("name", "Enter a name of at most 60 characters")
                .refuse("reason", "Say why")
                .refuse("hosting", "Choose where it runs")
                .refuse("due", "Enter a date that exists, like 27 3 2026")
                .refuse("sbom", "The selected file must be a CycloneDX or SPDX SBOM");
        Form empty = new Form();
        List<Option> hosting = List.of(
                Option.of("own", "On our own machines"),
                Option.of("saas", "At the supplier").hint("You sign in over the web"),
                Option.of("other", "Elsewhere")
                        .more(html(render(
                                "govuk/input",
                                Map.of("form", empty, "name", "where", "label", "Where does it run?")))));
        add("error-summary", "govuk/error-summary", Map.of("form", refused));
        add(
                "input-refused",
                "govuk/input",
                Map.of("form", refused, "name", "name", "label", "Name", "hint", "As you call it"));
        add(
                "input-email",
                "govuk/input",
                Map.of(
                        "form",
                        empty,
                        "name",
                        "email",
                        "label",
                        "Email address",
                        "type",
                        "email",
                        "autocomplete",
                        "username",
                        "spellcheck",
                        "false",
                        "css",
                        "govuk-input--width-20"));
        add(
                "input-password",
                "govuk/input",
                Map.of(
                        "form",
                        refused,
                        "name",
                        "password",
                        "label",
                        "Password",
                        "type",
                        "password",
                        "autocomplete",
                        "current-password"));
        add(
                "textarea-refused",
                "govuk/textarea",
                Map.of("form", refused, "name", "reason", "label", "Why?", "rows", 3));
        add(
                "select",
                "govuk/select",
                Map.of(
                        "form",
                        new Form().with("service", "tax"),
                        "name",
                        "service",
                        "label",
                        "Service",
                        "options",
                        List.of(Option.of("", "Choose a service"), Option.of("tax", "Council tax"))));
        add(
                "radios-refused",
                "govuk/radios",
                Map.of("form", refused, "name", "hosting", "legend", "Where does it run?", "options", hosting));
        add(
                "checkboxes",
                "govuk/checkboxes",
                Map.of(
                        "form",
                        new Form().with("release", "5.1"),
                        "name",
                        "release",
                        "legend",
                        "Choose the releases this answer is for",
                        "hint",
                        "Choose all that apply",
                        "options",
                        List.of(Option.of("5.1", "5.1"), Option.of("5.0", "5.0").hint("42 councils"))));
        add(
                "date-input-refused",
                "govuk/date-input",
                Map.of("form", refused, "name", "due", "legend", "When will it be fixed?", "hint", "Like 27 3 2026"));
        add("file-upload-refused", "govuk/file-upload", Map.of("form", refused, "name", "sbom", "label", "SBOM"));
        add("button", "govuk/button", Map.of("text", "Add 10 systems"));
        add(
                "button-secondary",
                "govuk/button",
                Map.of(
                        "text",
                        "Check again",
                        "css",
                        "govuk-button--secondary",
                        "name",
                        "act",
                        "value",
                        "check",
                        "once",
                        false));
        add("warning-button", "govuk/warning-button", Map.of("text", "Retire the system"));
        add("button-link", "govuk/button-link", Map.of("text", "Add systems", "href", "/systems/new"));
    }

    private void machines() {
        add(
                "leave",
                "web/leave",
                Map.of(
                        "forms",
                        List.of(
                                new NavLink("CSV", "/api/v1/products.csv"),
                                new NavLink("JSON", "/api/v1/products"),
                                new NavLink("Atom", "/products.atom"))));
    }

    private void add(String name, String template, Map<String, Object> parameters) {
        if (rendered.put(name, render(template, parameters)) != null) {
            throw new IllegalStateException("two examples are called " + name);
        }
    }

    private String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        engine.render(template + ".jte", parameters, output);
        return output.toString();
    }

    private String row(String... cells) {
        return render("govuk/row", Map.of("cells", html(String.join("", cells))));
    }

    private String cell(String column, String text, boolean head, boolean numeric) {
        return render("govuk/cell", Map.of("column", column, "text", text, "head", head, "numeric", numeric));
    }

    private String verdict(VerdictMark mark) {
        return render(
                "govuk/cell",
                Map.of("column", "Verdict", "content", html(render("web/verdict", Map.of("mark", mark)))));
    }

    static Content html(String html) {
        return output -> output.writeContent(html);
    }

    private static Content text(String text) {
        return output -> output.writeUserContent(text);
    }

    private static String file(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
