package uk.reeve.register.catalogue;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import org.springframework.web.util.UriComponentsBuilder;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Products.Area;
import uk.reeve.register.catalogue.Products.Match;
import uk.reeve.register.catalogue.Products.Product;
import uk.reeve.register.catalogue.Products.Release;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Cursor;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Products: found, looked at, added, published.
@Controller
public class ProductPages {

    private static final int PAGE = 50;

    private final Products products;
    private final Clock clock;

    ProductPages(Products products, Clock clock) {
        this.products = products;
        this.clock = clock;
    }

    /// @param next address of the next page; null on the last
    /// @param adds whether the person may add one
    public record ProductList(
            Form form,
            List<Product> products,
            List<Option> areas,
            boolean narrowed,
            boolean first,
            @Nullable String next,
            boolean adds) {

        public List<NavLink> leave() {
            return Csv.links("/products", form, "q", "area");
        }

        public String answer() {
            if (products.isEmpty()) {
                return narrowed ? "No product matches." : "This register is new: no product is public yet.";
            }
            String many = Words.count(products.size(), "product");
            return first && next == null
                    ? many + (narrowed ? products.size() == 1 ? " matches." : " match." : " can be seen by you.")
                    : first ? "The first " + many + ", by name." : "The next " + many + ", by name.";
        }
    }

    /// @param today in the UK
    public record ProductView(Product product, List<Release> releases, Standing standing, LocalDate today) {

        public String answer() {
            String state = product.source() != null && product.supplier() == null
                    ? "From endoflife.date: nobody on this register makes it."
                    : product.listed()
                            ? "Listed by a council: its supplier has not confirmed it."
                            : product.published()
                                    ? ""
                                    : "A draft: only your organisation sees it until you publish it.";
            if (releases.isEmpty()) {
                return (state + " No release is known yet.").strip();
            }
            long supported = releases.stream()
                    .filter(release -> release.supportEndsOn() != null
                            && !release.supportEndsOn().isBefore(today))
                    .count();
            long listed = releases.stream()
                    .filter(release -> release.declared() != null)
                    .count();
            return (state + " " + Words.count(releases.size(), "release is known: ", "releases are known: ") + supported
                            + " supported as far as dates are told, " + listed + " with an SBOM of its maker.")
                    .strip();
        }

        /// Whether councils listed something of it that nobody confirmed.
        public boolean unconfirmed() {
            return product.listed() || releases.stream().anyMatch(Release::listed);
        }

        public boolean drafts() {
            return !product.published()
                    || releases.stream().anyMatch(release -> !release.published() && !release.listed());
        }

        public String support(Release release) {
            return Support.words(release, today);
        }

        public String inside(Release release) {
            return release.document() != null
                    ? Words.count(release.components(), "component")
                    : release.declared() == null
                            ? "No SBOM yet"
                            : Sharing.of(release.declared()).words(product);
        }
    }

    /// @param near products whose name is close to what was typed; asked before one is added
    public record NewProduct(Form form, List<Match> near, List<Option> areas, boolean council) {}

    public record EditProduct(Product product, Form form, List<Option> areas) {}

    /// @param near releases that are there, the newest first
    public record NewRelease(Form form, Product product, List<Release> releases, boolean council) {}

    /// @param release null where the product is published with all its drafts
    public record Publication(Product product, @Nullable Release release, List<String> versions) {

        public String path() {
            return product.path() + (release == null ? "" : "/releases/" + release.address());
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/products")
    Page list(Form form) {
        String q = cut(Plain.of(form.value("q")), ProductForm.LONGEST_NAME);
        String area = cut(Plain.of(form.value("area")), ProductForm.LONGEST_VERSION);
        Cursor after = Cursor.read(form.value("after"), 2);
        List<Product> found = products.list(q, area, after, PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Product> shown = more ? found.subList(0, PAGE) : found;
        UriComponentsBuilder next = UriComponentsBuilder.fromPath("/products");
        if (!q.isEmpty()) {
            next.queryParam("q", "{q}");
        }
        if (!area.isEmpty()) {
            next.queryParam("area", "{area}");
        }
        String address = !more
                ? null
                : next.queryParam("after", shown.getLast().cursor())
                        .encode()
                        .buildAndExpand(java.util.Map.of("q", q, "area", area))
                        .toString();
        return Page.of(
                "catalogue/products",
                new ProductList(
                        form,
                        shown,
                        areas("Any"),
                        !q.isEmpty() || !area.isEmpty(),
                        after == null,
                        address,
                        Standing.adds()));
    }

    @Allowed(anyone = true)
    @GetMapping("/products/{p}")
    View product(@PathVariable String p) {
        Product product = find(p);
        if (!p.equals(product.slug()) && !p.equalsIgnoreCase(product.id().toString())) { // merged into another
            return SeeOther.to(product.path());
        }
        return Page.of(
                "catalogue/product",
                new ProductView(product, products.releases(product.id()), Standing.of(product), today()));
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @GetMapping("/products/new")
    Page add(Form form) {
        return Page.of("catalogue/new-product", new NewProduct(form, List.of(), areas("Not told"), council()));
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping("/products/new")
    View added(Form form) {
        ProductForm.Told told = ProductForm.product(form, products.areas());
        String name = told.name();
        List<Match> near = ProductForm.near(form, told, products);
        if (form.refused() || !near.isEmpty()) {
            return Page.of("catalogue/new-product", new NewProduct(form, near, areas("Not told"), council()));
        }
        UUID id = council() ? products.listMissing(name) : products.add(name, told.area(), told.description());
        return SeeOther.to("/products/" + id)
                .saying(
                        council()
                                ? name + " is listed. Councils see it, and not who listed it."
                                : name + " is a draft. Only your organisation sees it until you publish it.");
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/edit")
    Page edit(@PathVariable String p) {
        Product product = own(p);
        Form form = new Form()
                .with("name", product.name())
                .with("description", product.description())
                .with(
                        "area",
                        products.areas().stream()
                                .filter(area -> area.name().equals(product.serviceArea()))
                                .map(Area::key)
                                .findFirst()
                                .orElse(""));
        return Page.of("catalogue/edit-product", new EditProduct(product, form, areas("Not told")));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/edit")
    View change(@PathVariable String p, Form form) {
        Product product = own(p);
        ProductForm.Told told = ProductForm.product(form, products.areas());
        if (form.refused()) {
            return Page.of("catalogue/edit-product", new EditProduct(product, form, areas("Not told")));
        }
        products.change(product.id(), told.name(), told.area(), told.description());
        return SeeOther.to(product.path()).saying(told.name() + " is changed. Its address stays.");
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/new")
    Page addRelease(@PathVariable String p, Form form) {
        Product product = extendable(p);
        return Page.of(
                "catalogue/new-release", new NewRelease(form, product, products.releases(product.id()), council()));
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/new")
    View releaseAdded(@PathVariable String p, Form form) {
        Product product = extendable(p);
        String version = ProductForm.version(form);
        Products.Dates dates = ProductForm.dates(form);
        if (form.refused()) {
            return Page.of(
                    "catalogue/new-release", new NewRelease(form, product, products.releases(product.id()), council()));
        }
        boolean known = products.release(product.id(), version)
                .filter(release -> council() || !release.listed())
                .isPresent();
        UUID id = products.addRelease(product.id(), version, dates.releasedOn(), dates.supportEndsOn());
        return SeeOther.to(product.path() + "/releases/" + id)
                .saying(
                        known
                                ? version + " was known already. This is it."
                                : council()
                                        ? version + " is listed. Councils see it, and not who listed it."
                                        : version
                                                + " is a draft. Only your organisation sees it until you publish it.");
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/publication")
    View publication(@PathVariable String p) {
        Product product = own(p);
        List<String> drafts = products.releases(product.id()).stream()
                .filter(release -> !release.published() && !release.listed())
                .map(Release::version)
                .toList();
        return product.published() && drafts.isEmpty()
                ? SeeOther.to(product.path())
                : Page.of("catalogue/publication", new Publication(product, null, drafts));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/publication")
    View publish(@PathVariable String p) {
        Product product = own(p);
        products.publish(product.id());
        return SeeOther.to(find(product.id().toString()).path())
                .saying(product.name() + " is published. Everyone sees it now.");
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/{v}/publication")
    Page releasePublication(@PathVariable String p, @PathVariable String v) {
        Product product = own(p);
        Release release = products.release(product.id(), v).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return Page.of("catalogue/publication", new Publication(product, release, List.of(release.version())));
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/publication")
    View publishRelease(@PathVariable String p, @PathVariable String v) {
        Product product = own(p);
        Release release = products.release(product.id(), v).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        if (!product.published()) {
            return SeeOther.to(product.path() + "/publication");
        }
        products.publishRelease(release.id());
        return SeeOther.to(product.path() + "/releases/" + release.address())
                .saying(release.version() + " is published. Everyone sees it now.");
    }

    private Product find(String p) {
        return products.find(p).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    private Product own(String p) {
        return ProductForm.own(products, p);
    }

    private Product extendable(String p) {
        return ProductForm.extendable(products, p);
    }

    private List<Option> areas(String none) {
        List<Option> options = new ArrayList<>();
        options.add(Option.of("", none));
        products.areas().forEach(area -> options.add(Option.of(area.key(), area.name())));
        return options;
    }

    private static boolean council() {
        return ProductForm.council();
    }

    private static String cut(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(ZoneId.of("Europe/London")));
    }
}
