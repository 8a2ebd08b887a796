package uk.reeve.register.catalogue;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.util.UriComponentsBuilder;
import uk.reeve.register.advisory.Freshness;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Inside.Change;
import uk.reeve.register.catalogue.Inside.Counts;
import uk.reeve.register.catalogue.Inside.Document;
import uk.reeve.register.catalogue.Inside.Flaw;
import uk.reeve.register.catalogue.Inside.Part;
import uk.reeve.register.catalogue.Products.Release;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// A release and what is inside it.
@Controller
public class ReleasePages {

    private static final int PAGE = 100;
    private static final int MOST = 1_000;

    private final Products products;
    private final Inside inside;
    private final Freshness freshness;
    private final Clock clock;

    ReleasePages(Products products, Inside inside, Freshness freshness, Clock clock) {
        this.products = products;
        this.inside = inside;
        this.freshness = freshness;
        this.clock = clock;
    }

    /// @param document null where there is none, or none for who asks
    /// @param counts null with it
    public record ReleaseView(
            ReleaseHead head,
            @Nullable Document document,
            @Nullable Counts counts,
            Basis basis,
            List<Document> documents,
            Instant now) {

        public String answer() {
            String closed = head.closed();
            return document == null || counts == null
                    ? closed == null ? "" : closed
                    : Inside.answer(document, counts, basis);
        }

        /// The SBOM as it came, and JSON.
        public List<NavLink> leave() {
            NavLink json = new NavLink("JSON", "/api/v1" + head.product().path());
            return document == null || !(document.declared() || document.own())
                    ? List.of(json)
                    : List.of(new NavLink(document.format(), "/sboms/" + document.ref() + "/original"), json);
        }

        public String state() {
            return head.release().listed()
                    ? "Listed by a council: its supplier has not confirmed it"
                    : head.release().published() ? "Published" : "Draft: only your organisation sees it";
        }

        public String support() {
            return Support.words(head.release(), LocalDate.ofInstant(now, ZoneId.of("Europe/London")));
        }
    }

    public record EditRelease(ReleaseHead head, Form form) {}

    /// @param next address of the next page; null on the last
    public record Components(
            ReleaseHead head,
            @Nullable Document document,
            Form form,
            List<Part> parts,
            Basis basis,
            boolean narrowed,
            @Nullable String next,
            Instant now) {

        public List<NavLink> leave() {
            return Csv.links(head.path() + "/components", form, "q", "direct");
        }

        public String answer() {
            String closed = head.closed();
            if (document == null) {
                return closed == null ? "" : closed;
            }
            return document.components() == 0
                    ? "This SBOM lists no components."
                    : Words.count(document.components(), "component") + ", " + Words.count(document.checkable())
                            + " of them with a package identity and a version.";
        }
    }

    /// @param path the shortest way in
    public record Path(ReleaseHead head, Document document, Part part, List<Part> path, Instant now) {

        public String answer() {
            return part.direct()
                    ? "It is a direct part."
                    : path.size() > 1
                            ? "It gets in through " + path.getFirst().label() + ", in "
                                    + Words.count(path.size() - 1L, "step") + "."
                            : "The SBOM does not say how it gets in.";
        }
    }

    /// @param flaws exact matches
    /// @param possible weak ones, shown apart and not counted
    public record Findings(
            ReleaseHead head,
            @Nullable Document document,
            @Nullable Counts counts,
            Basis basis,
            List<Flaw> flaws,
            List<Flaw> possible,
            Instant now) {

        public List<NavLink> leave() {
            return Csv.links(head.path() + "/findings", new Form());
        }

        public String answer() {
            String closed = head.closed();
            return document == null || counts == null
                    ? closed == null ? "" : closed
                    : Inside.answer(document, counts, basis);
        }

        public boolean cut() {
            return flaws.size() >= MOST;
        }
    }

    /// @param with what it is compared with; null where nothing was chosen, or it is not for who asks
    /// @param options what it can be compared with
    public record Comparison(
            ReleaseHead head,
            Form form,
            List<Option> options,
            @Nullable String with,
            List<Change> changes,
            List<String> gone,
            List<String> fresh,
            Basis basis) {

        public String answer() {
            if (with == null) {
                return options.isEmpty()
                        ? "Only one SBOM can be seen: nothing to compare."
                        : "Choose what to compare it with.";
            }
            return Words.count(gone.size(), "finding") + " gone, " + fresh.size() + " new"
                    + (basis.asOf() == null ? ". " : ", by advisories" + basis.words() + ". ")
                    + Words.count(count("Added"), "package") + " added, " + count("Removed") + " removed, "
                    + count("Changed") + " changed version.";
        }

        private long count(String kind) {
            return changes.stream().filter(change -> change.kind().equals(kind)).count();
        }

        public boolean cut() {
            return changes.size() >= MOST;
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}")
    View release(@PathVariable String p, @PathVariable String v) {
        ReleaseHead head = products.head(p, v);
        boolean here = p.equals(head.product().slug())
                || p.equalsIgnoreCase(head.product().id().toString());
        boolean it =
                NameKey.ofVersion(v).equals(NameKey.ofVersion(head.release().version()))
                        || v.equalsIgnoreCase(head.release().id().toString());
        if (!here || !it) { // merged into another
            return SeeOther.to(head.path());
        }
        Document document = inside.of(head.release().id()).orElse(null);
        return Page.of(
                "catalogue/release",
                new ReleaseView(
                        head,
                        document,
                        document == null ? null : inside.counts(document),
                        basis(document),
                        inside.all(head.release().id()),
                        clock.instant()));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/{v}/edit")
    Page edit(@PathVariable String p, @PathVariable String v) {
        ReleaseHead head = own(p, v);
        Form form = new Form()
                .withDate("releasedOn", head.release().releasedOn())
                .withDate("supportEndsOn", head.release().supportEndsOn())
                .with("supportOver", head.release().supportOver() ? "yes" : null);
        return Page.of("catalogue/edit-release", new EditRelease(head, form));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/edit")
    View change(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = own(p, v);
        Products.Dates dates = ProductForm.dates(form);
        if (form.refused()) {
            return Page.of("catalogue/edit-release", new EditRelease(head, form));
        }
        products.changeDates(head, dates);
        return SeeOther.to(head.path()).saying("The dates of " + head.name() + " are changed.");
    }

    private ReleaseHead own(String p, String v) {
        return products.head(ProductForm.own(products, p).id().toString(), v);
    }

    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}/components")
    Page components(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = products.head(p, v);
        Document document = inside.of(head.release().id()).orElse(null);
        String given = Plain.of(form.value("q"));
        String q = given.substring(0, Math.min(200, given.length()));
        boolean direct = form.chosen("direct", "yes");
        List<Part> found = document == null
                ? List.of()
                : inside.components(document, q, direct, number(form.value("after")), PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Part> parts = more ? found.subList(0, PAGE) : found;
        String next = !more
                ? null
                : UriComponentsBuilder.fromPath(head.path() + "/components")
                        .queryParam("q", "{q}")
                        .queryParam("direct", direct ? "yes" : "")
                        .queryParam("after", parts.getLast().id())
                        .encode()
                        .buildAndExpand(Map.of("q", q))
                        .toString();
        return Page.of(
                "catalogue/components",
                new Components(
                        head, document, form, parts, basis(document), direct || !q.isEmpty(), next, clock.instant()));
    }

    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}/components/paths")
    Page path(@PathVariable String p, @PathVariable String v, @RequestParam(defaultValue = "") String of) {
        ReleaseHead head = products.head(p, v);
        Document document = inside.of(head.release().id()).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        Long id = number(of);
        Part part = (id == null ? java.util.Optional.<Part>empty() : inside.component(document, id))
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return Page.of(
                "catalogue/path", new Path(head, document, part, inside.path(document, part.id()), clock.instant()));
    }

    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}/findings")
    Page findings(@PathVariable String p, @PathVariable String v) {
        ReleaseHead head = products.head(p, v);
        Document document = inside.of(head.release().id()).orElse(null);
        return Page.of(
                "catalogue/findings",
                document == null
                        ? new Findings(head, null, null, basis(), List.of(), List.of(), clock.instant())
                        : new Findings(
                                head,
                                document,
                                inside.counts(document),
                                basis(document),
                                inside.flaws(document, true, MOST),
                                inside.flaws(document, false, PAGE),
                                clock.instant()));
    }

    /// @param form `with`: the version of another release of the product, or the reference of another SBOM of this one
    @Allowed(anyone = true)
    @GetMapping("/products/{p}/releases/{v}/compare")
    Page compare(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = products.head(p, v);
        Document after = inside.of(head.release().id()).orElse(null);
        List<Option> options = after == null ? List.of() : others(head, after);
        String with = Plain.of(form.value("with"));
        Document before = after == null || with.isEmpty() ? null : other(head, with);
        if (after == null || before == null) {
            return Page.of(
                    "catalogue/compare",
                    new Comparison(head, form, options, null, List.of(), List.of(), List.of(), basis()));
        }
        return Page.of(
                "catalogue/compare",
                new Comparison(
                        head,
                        form,
                        options,
                        options.stream()
                                .filter(option -> option.value().equals(with))
                                .map(Option::text)
                                .findFirst()
                                .orElse(with),
                        inside.changes(before, after, MOST),
                        inside.flawsOnlyIn(before, after, MOST),
                        inside.flawsOnlyIn(after, before, MOST),
                        basis(before, after)));
    }

    private List<Option> others(ReleaseHead head, Document shown) {
        List<Option> options = new ArrayList<>();
        for (Release other : products.releases(head.product().id())) {
            if (other.document() != null && !other.id().equals(head.release().id())) {
                options.add(Option.of(other.address(), other.version()));
            }
        }
        for (Document other : inside.all(head.release().id())) {
            if (!other.id().equals(shown.id())) {
                options.add(Option.of(
                        other.ref(),
                        head.release().version() + ", " + (other.declared() ? "declared" : "observed") + " "
                                + Words.dateAndTime(other.receivedAt())));
            }
        }
        return options;
    }

    private @Nullable Document other(ReleaseHead head, String with) {
        return inside.byRef(with)
                .filter(document -> document.release().equals(head.release().id()))
                .or(() -> products.release(head.product().id(), with).flatMap(release -> inside.of(release.id())))
                .orElse(null);
    }

    /// What the findings in these rest on; nothing in none.
    private Basis basis(@Nullable Document... documents) {
        Set<String> types = new HashSet<>();
        for (Document document : documents) {
            if (document != null) {
                types.addAll(inside.types(document));
            }
        }
        return freshness.of(types);
    }

    private static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.valueOf(text) : null;
    }
}
