package uk.reeve.register.catalogue;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Inside.Document;
import uk.reeve.register.catalogue.Inside.Flaw;
import uk.reeve.register.catalogue.Inside.Part;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Problem;

/// What is inside a release, for those who may read its list; to others it has none.
@RestController
@RequestMapping("/api/v1/products/{product}/releases/{version}")
class ReleaseApi {

    private static final int PAGE = 1_000;
    private static final int LONGEST = 200;

    private final Products products;
    private final Inside inside;

    ReleaseApi(Products products, Inside inside) {
        this.products = products;
        this.inside = inside;
    }

    record OneRelease(Products.Product product, Products.Release release) {

        static OneRelease of(ReleaseHead head) {
            return new OneRelease(head.product(), head.release());
        }
    }

    /// @param supportOver support is over, and no day is told
    record DatesSent(
            @Nullable LocalDate releasedOn,
            @Nullable LocalDate supportEndsOn,
            @Nullable Boolean supportOver) {}

    @Allowed(anyone = true)
    @GetMapping
    OneRelease one(@PathVariable String product, @PathVariable String version) {
        return OneRelease.of(products.head(product, version));
    }

    /// When it came and how long it is supported. What is left out is told no more.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PutMapping
    OneRelease change(@PathVariable String product, @PathVariable String version, @RequestBody DatesSent sent) {
        ReleaseHead head = own(product, version);
        Form form = new Form()
                .withDate("releasedOn", sent.releasedOn)
                .withDate("supportEndsOn", sent.supportEndsOn)
                .with("supportOver", Boolean.TRUE.equals(sent.supportOver) ? "yes" : "");
        Products.Dates dates = ProductForm.dates(form);
        form.mustBeRight();
        products.changeDates(head, dates);
        return OneRelease.of(products.head(head.release().id()));
    }

    /// Everybody sees it from now on; the second time nothing changes.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/publication")
    OneRelease publish(@PathVariable String product, @PathVariable String version) {
        ReleaseHead head = own(product, version);
        if (!head.product().published()) {
            throw Problem.NOT_POSSIBLE.because("Publish the product first: its drafts are published with it.");
        }
        products.publishRelease(head.release().id());
        return OneRelease.of(products.head(head.release().id()));
    }

    private ReleaseHead own(String product, String version) {
        return products.head(ProductForm.own(products, product).id().toString(), version);
    }

    /// @param sbom under `/sboms/`
    /// @param next what to give as `after` for the next page; null at the end
    record ComponentList(
            String sbom, List<Part> components, @Nullable Long next) {}

    /// @param possible weak matches, not counted and alerting nobody
    record FindingList(String sbom, List<Flaw> findings, List<Flaw> possible, boolean truncated) {}

    @Allowed(anyone = true)
    @GetMapping("/components")
    ComponentList components(
            @PathVariable String product,
            @PathVariable String version,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String direct,
            @RequestParam(required = false) @Nullable Long after) {
        Document document = document(product, version);
        List<Part> found = inside.components(document, cut(q), direct.equals("yes"), after, PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Part> page = more ? found.subList(0, PAGE) : found;
        return new ComponentList(document.ref(), page, more ? page.getLast().id() : null);
    }

    @Allowed(anyone = true)
    @GetMapping(path = "/components", params = "format=csv")
    void componentsCsv(
            @PathVariable String product,
            @PathVariable String version,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String direct,
            HttpServletResponse response)
            throws IOException {
        Document document = document(product, version);
        Csv.write(
                response,
                "components",
                List.of("type", "namespace", "name", "version", "direct", "brought in by", "findings", "not checked"),
                inside.components(document, cut(q), direct.equals("yes"), null, Csv.MOST + 1),
                part -> Arrays.asList(
                        part.type(),
                        part.namespace(),
                        part.name(),
                        part.version(),
                        part.direct(),
                        part.parents(),
                        part.findings(),
                        part.coverage()));
    }

    @Allowed(anyone = true)
    @GetMapping("/findings")
    FindingList findings(@PathVariable String product, @PathVariable String version) {
        Document document = document(product, version);
        List<Flaw> exact = inside.flaws(document, true, Csv.MOST + 1);
        List<Flaw> possible = inside.flaws(document, false, PAGE);
        return new FindingList(
                document.ref(),
                exact.subList(0, Math.min(Csv.MOST, exact.size())),
                possible,
                exact.size() > Csv.MOST || possible.size() == PAGE);
    }

    @Allowed(anyone = true)
    @GetMapping(path = "/findings", params = "format=csv")
    void findingsCsv(@PathVariable String product, @PathVariable String version, HttpServletResponse response)
            throws IOException {
        Document document = document(product, version);
        Csv.write(
                response,
                "findings",
                List.of(
                        "vulnerability",
                        "severity",
                        "score",
                        "known exploited since",
                        "component",
                        "match",
                        "way in",
                        "fixed in",
                        "supplier says"),
                Stream.concat(
                                inside.flaws(document, true, Csv.MOST + 1).stream(),
                                inside.flaws(document, false, PAGE).stream())
                        .limit(Csv.MOST + 1L)
                        .toList(),
                flaw -> Arrays.asList(
                        flaw.name(),
                        flaw.severity(),
                        flaw.score(),
                        flaw.kevAdded(),
                        flaw.label(),
                        flaw.exact() ? "exact" : "possible",
                        String.join(" > ", flaw.path()),
                        String.join(" ", flaw.fixedIn()),
                        flaw.status()));
    }

    /// The SBOM that counts and that who asks may read.
    private Document document(String product, String version) {
        ReleaseHead head = products.head(product, version);
        return inside.of(head.release().id())
                .orElseThrow(() -> Problem.NOT_FOUND.because(Objects.requireNonNullElse(head.closed(), "")));
    }

    private static String cut(String q) {
        String plain = Plain.of(q);
        return plain.substring(0, Math.min(LONGEST, plain.length()));
    }
}
