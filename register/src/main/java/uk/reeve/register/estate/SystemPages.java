package uk.reeve.register.estate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.catalogue.Support;
import uk.reeve.register.web.Column;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Row;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class SystemPages {

    private static final int PAGE = 50;
    private static final ZoneId UK = ZoneId.of("Europe/London");
    private final Systems systems;
    private final Products products;
    private final Outlook outlook;
    private final Adding adding;
    private final Clock clock;

    SystemPages(Systems systems, Products products, Outlook outlook, Adding adding, Clock clock) {
        this.systems = systems;
        this.products = products;
        this.outlook = outlook;
        this.adding = adding;
        this.clock = clock;
    }

    /// @param count how many the council runs in all
    /// @param edits whether the reader may add and change
    public record ListModel(
            Systems.Slice slice,
            Map<UUID, Outlook.Worst> worst,
            Systems.Order order,
            String q,
            int count,
            boolean edits,
            LocalDate today) {

        public List<NavLink> leave() {
            return Csv.links("/systems", new Form().with("q", q), "q");
        }

        public String answer() {
            return count == 0
                    ? "You have not listed any systems. Paste ten names and see what is known about them."
                    : "You run " + Words.count(count, "system") + ". "
                            + (worst.isEmpty()
                                    ? "No known flaw was found in what could be checked."
                                    : Words.count(worst.size(), "has a known flaw.", "have known flaws."));
        }

        public List<Column> columns() {
            return List.of(
                    column("System", Systems.Order.NAME),
                    column("Service", Systems.Order.SERVICE),
                    column("Release", Systems.Order.RELEASE),
                    column("Urgency", Systems.Order.URGENCY),
                    column("Owner", Systems.Order.OWNER));
        }

        private Column column(String text, Systems.Order by) {
            return Column.of(text).sortBy(address(by, ""), by == order ? "ascending" : null);
        }

        public @Nullable String previous() {
            return slice.earlier() == null ? null : address(order, "&before=" + slice.earlier());
        }

        public @Nullable String next() {
            return slice.later() == null ? null : address(order, "&after=" + slice.later());
        }

        private String address(Systems.Order by, String more) {
            return "/systems?sort=" + by.name().toLowerCase(Locale.ROOT)
                    + (q.isEmpty() ? "" : "&q=" + URLEncoder.encode(q, StandardCharsets.UTF_8)) + more;
        }

        /// "Support ended on 3 May 2026" or "Support ends on …" within six months; else null.
        public @Nullable String support(Systems.Row row) {
            return SystemPages.support(row, today);
        }
    }

    /// @param known how many known flaws it has
    public record SystemModel(Systems.Row system, List<Outlook.Flaw> flaws, int known, boolean edits, LocalDate today) {

        public String answer() {
            String support = SystemPages.support(system, today);
            String flawed = !system.checkable()
                    ? system.release() + " has no SBOM, so nothing can be said of its flaws."
                    : known == 0
                            ? "No known flaw in the components that could be checked."
                            : "It has " + Words.count(known, "known flaw") + ".";
            return support == null ? flawed : flawed + " " + support + ".";
        }

        /// Where to add an SBOM of one's own copy; null where its release has one, or is not known.
        public @Nullable String observe() {
            String product = system.productSlug() == null ? String.valueOf(system.productId()) : system.productSlug();
            return system.checkable() || system.releaseId() == null
                    ? null
                    : "/products/" + product + "/releases/" + system.releaseId() + "/sboms/new";
        }

        public List<Row> facts() {
            List<Row> rows = new ArrayList<>();
            rows.add(Row.of("Release", system.release()));
            rows.add(Row.of(
                    "Supported",
                    Support.words(system.supportEndsOn(), system.supportOver(), system.supportSource(), today)));
            rows.add(Row.of(
                    "Service",
                    system.service() == null
                            ? "None named"
                            : system.service() + " (criticality " + system.criticality() + ")"));
            rows.add(Row.of("Owner", system.owner() == null ? "Nobody named" : system.owner()));
            rows.add(Row.of("Who runs it?", said(SystemForm.HOSTING, system.hosting())));
            rows.add(Row.of("Does it face the internet?", said(SystemForm.EXPOSURE, system.exposure())));
            rows.add(Row.of("Does it hold personal data?", said(SystemForm.DATA, system.personalData())));
            return rows;
        }
    }

    /// A form on one system.
    public record Edit(Systems.Row system, Form form, List<Option> options) {

        public List<Option> hosting() {
            return SystemPages.options(SystemForm.HOSTING);
        }

        public List<Option> exposure() {
            return SystemPages.options(SystemForm.EXPOSURE);
        }

        public List<Option> data() {
            return SystemPages.options(SystemForm.DATA);
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/systems")
    Page list(
            Form form,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String before) {
        Systems.Order order = order(form.text("sort"));
        String q = Pasted.clean(form.value("q"));
        Map<UUID, Outlook.Worst> worst = outlook.worst();
        Map<UUID, Integer> ranks = new HashMap<>();
        worst.forEach((system, one) -> ranks.put(system, one.rank()));
        Systems.From from = Systems.From.read(before == null ? after : before, before != null);
        return Page.of(
                "estate/systems",
                new ListModel(
                        systems.list(order, q, from, ranks, PAGE), worst, order, q, systems.count(), edits(), today()));
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/systems/{ref}")
    Page one(@PathVariable String ref) {
        Systems.Row system = find(ref);
        int flaws = outlook.found(List.of(system.id())).flaws();
        return Page.of("estate/system", new SystemModel(system, outlook.of(system.id()), flaws, edits(), today()));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/systems/{ref}/edit")
    Page edit(@PathVariable String ref) {
        Systems.Row system = find(ref);
        Form form = new Form()
                .with("name", system.name())
                .with("service", system.service())
                .with("owner", system.owner())
                .with("hosting", system.hosting())
                .with("exposure", system.exposure())
                .with("personalData", system.personalData());
        return Page.of("estate/edit", new Edit(system, form, List.of()));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/systems/{ref}/edit")
    View change(@PathVariable String ref, Form form) {
        Systems.Row system = find(ref);
        Systems.Changed to = SystemForm.read(form);
        if (form.refused()) {
            return Page.of("estate/edit", new Edit(system, form, List.of()));
        }
        systems.change(ref, to);
        return SeeOther.to("/systems/" + system.ref()).saying(to.name() + " is changed.");
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/systems/{ref}/release")
    Page release(@PathVariable String ref) {
        Systems.Row system = find(ref);
        Form form = new Form()
                .with(
                        "release",
                        system.releaseId() == null ? null : system.releaseId().toString());
        return Page.of("estate/release", new Edit(system, form, releases(system)));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/systems/{ref}/release")
    View upgrade(@PathVariable String ref, Form form) {
        Systems.Row system = find(ref);
        List<Option> options = releases(system);
        boolean other = form.value("release").equals("other");
        String version = other ? SystemForm.version(form) : "";
        if (!other && options.stream().noneMatch(option -> option.value().equals(form.value("release")))) {
            form.refuse("release", "Choose the release that it runs now");
        }
        if (form.refused() || system.productId() == null) {
            return Page.of("estate/release", new Edit(system, form, options));
        }
        if (other) {
            adding.upgrade(system, version);
        } else {
            systems.upgrade(ref, UUID.fromString(form.value("release")));
        }
        Systems.Row now = find(ref);
        int flaws = outlook.found(List.of(now.id())).flaws();
        return SeeOther.to("/systems/" + now.ref())
                .saying(now.name() + " now runs " + now.release() + ". "
                        + (!now.checkable()
                                ? "That release has no SBOM, so nothing can be said of its flaws."
                                : flaws == 0
                                        ? "No known flaw in what could be checked."
                                        : Words.count(flaws, "known flaw") + "."));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/systems/{ref}/retirement")
    Page leave(@PathVariable String ref) {
        return Page.of("estate/retirement", new Edit(find(ref), new Form(), List.of()));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/systems/{ref}/retirement")
    View retire(@PathVariable String ref) {
        Systems.Row system = find(ref);
        systems.retire(ref);
        return SeeOther.to("/systems").saying(system.name() + " is retired.");
    }

    /// The same refusal for what is not there and what is another council's.
    private Systems.Row find(String ref) {
        return systems.find(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    private List<Option> releases(Systems.Row system) {
        if (system.productId() == null) {
            return List.of();
        }
        return products.releases(system.productId()).stream()
                .map(release -> {
                    Option option = Option.of(release.id().toString(), release.version());
                    boolean now = release.id().equals(system.releaseId());
                    String hint = release.releasedOn() == null ? "" : "Released on " + Words.date(release.releasedOn());
                    hint = now ? (hint.isEmpty() ? "On record now" : hint + "; on record now") : hint;
                    return hint.isEmpty() ? option : option.hint(hint);
                })
                .toList();
    }

    private static boolean edits() {
        return Asking.person().may(Asker.Role.EDITOR);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), UK);
    }

    private static @Nullable String support(Systems.Row row, LocalDate today) {
        LocalDate end = row.supportEndsOn();
        if (row.supportOver()) {
            return "Support has ended";
        }
        if (end == null || !end.isBefore(today.plusMonths(6))) {
            return null;
        }
        return (end.isBefore(today) ? "Support ended on " : "Support ends on ") + Words.date(end);
    }

    private static Systems.Order order(String sort) {
        for (Systems.Order order : Systems.Order.values()) {
            if (order.name().equalsIgnoreCase(sort)) {
                return order;
            }
        }
        return Systems.Order.NAME;
    }

    private static List<Option> options(Map<String, String> choices) {
        return choices.entrySet().stream()
                .map(choice -> Option.of(choice.getKey(), choice.getValue()))
                .toList();
    }

    private static String said(Map<String, String> choices, String value) {
        return choices.getOrDefault(value, value);
    }
}
