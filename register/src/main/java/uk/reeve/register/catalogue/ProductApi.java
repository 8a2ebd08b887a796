package uk.reeve.register.catalogue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Cursor;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Problem;

@RestController
@RequestMapping("/api/v1/products")
class ProductApi {

    private static final int PAGE = 100;
    private static final long MOST_BYTES = 200L << 20;

    private final Products products;
    private final Sboms sboms;

    ProductApi(Products products, Sboms sboms) {
        this.products = products;
        this.sboms = sboms;
    }

    /// @param next what to give as `after` for the next page; null at the end
    record ProductList(
            List<Products.Product> products, @Nullable String next) {}

    record ProductWithReleases(Products.Product product, List<Products.Release> releases) {}

    @Allowed(anyone = true)
    @GetMapping
    ProductList list(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String area,
            @RequestParam(required = false) @Nullable String after) {
        List<Products.Product> found = products.list(Plain.of(q), Plain.of(area), Cursor.read(after, 2), PAGE + 1);
        boolean more = found.size() > PAGE;
        List<Products.Product> page = more ? found.subList(0, PAGE) : found;
        return new ProductList(page, more ? page.getLast().cursor().toString() : null);
    }

    @Allowed(anyone = true)
    @GetMapping(params = "format=csv")
    void csv(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String area,
            HttpServletResponse response)
            throws IOException {
        Csv.write(
                response,
                "products",
                List.of("product", "supplier", "service area", "address", "published"),
                products.list(Plain.of(q), Plain.of(area), null, Csv.MOST + 1),
                one -> Arrays.asList(one.name(), one.supplier(), one.serviceArea(), one.path(), one.published()));
    }

    @Allowed(anyone = true)
    @GetMapping("/{product}")
    ProductWithReleases one(@PathVariable String product) {
        Products.Product found = find(product);
        return new ProductWithReleases(found, products.releases(found.id()));
    }

    /// @param area key of a service area; a supplier's only, as is the description
    /// @param sure that it is none of those whose name is close
    record NewProductSent(
            @Nullable String name,
            @Nullable String area,
            @Nullable String description,
            @Nullable Boolean sure) {}

    record ProductSent(
            @Nullable String name,
            @Nullable String area,
            @Nullable String description) {

        private Form form() {
            return new Form().with("name", name).with("area", area).with("description", description);
        }
    }

    record NewReleaseSent(
            @Nullable String version,
            @Nullable LocalDate releasedOn,
            @Nullable LocalDate supportEndsOn) {}

    /// A supplier's draft; of a council, what the catalogue lacks.
    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ProductWithReleases> add(@RequestBody NewProductSent sent) {
        Form form = new ProductSent(sent.name, sent.area, sent.description)
                .form()
                .with("sure", Boolean.TRUE.equals(sent.sure) ? "yes" : "");
        ProductForm.Told told = ProductForm.product(form, products.areas());
        boolean council = ProductForm.council();
        if (council && told.area() != null) {
            form.refuse("area", "Only its supplier says to which service area it belongs");
        }
        if (council && told.description() != null) {
            form.refuse("description", "Only its supplier says what it does");
        }
        List<Products.Match> near = ProductForm.near(form, told, products);
        if (!near.isEmpty()) {
            form.refuse(
                    "name",
                    "There are products whose name is close: " + ProductForm.names(near)
                            + ". If it is none of them, send sure as true");
        }
        form.mustBeRight();
        UUID id = council
                ? products.listMissing(told.name())
                : products.add(told.name(), told.area(), told.description());
        return ResponseEntity.created(URI.create("/api/v1/products/" + id)).body(one(id.toString()));
    }

    /// What is left out is told no more.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PutMapping("/{product}")
    ProductWithReleases change(@PathVariable String product, @RequestBody ProductSent sent) {
        Products.Product own = ProductForm.own(products, product);
        Form form = sent.form();
        ProductForm.Told told = ProductForm.product(form, products.areas());
        form.mustBeRight();
        products.change(own.id(), told.name(), told.area(), told.description());
        return one(own.id().toString());
    }

    /// Everybody sees it and its drafts from now on; the second time nothing changes.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/{product}/publication")
    ProductWithReleases publish(@PathVariable String product) {
        Products.Product own = ProductForm.own(products, product);
        products.publish(own.id());
        return one(own.id().toString());
    }

    /// A supplier's draft; of a council, what the catalogue lacks. A version that is known already is
    /// the same release.
    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping("/{product}/releases")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<ReleaseApi.OneRelease> addRelease(@PathVariable String product, @RequestBody NewReleaseSent sent) {
        Products.Product found = ProductForm.extendable(products, product);
        Form form = new Form()
                .with("version", sent.version)
                .withDate("releasedOn", sent.releasedOn)
                .withDate("supportEndsOn", sent.supportEndsOn);
        String version = ProductForm.version(form);
        Products.Dates dates = ProductForm.dates(form);
        form.mustBeRight();
        UUID id = products.addRelease(found.id(), version, dates.releasedOn(), dates.supportEndsOn());
        ReleaseHead head = products.head(id);
        return ResponseEntity.created(URI.create("/api/v1" + head.path())).body(ReleaseApi.OneRelease.of(head));
    }

    /// @param ref under `/sboms/`
    /// @param known whether the same bytes were there already
    record SbomReceived(String ref, int components, boolean known) {}

    /// An SBOM as the body, as it is; one that names another product or version only with `accept-name`. Declared
    /// where the key is of the product's supplier, observed where it is a council's.
    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping("/{product}/releases/{version}/sboms")
    @ResponseStatus(HttpStatus.CREATED)
    SbomReceived store(
            @PathVariable String product,
            @PathVariable String version,
            @RequestParam(name = "audience", required = false) @Nullable String wanted,
            @RequestParam(name = "accept-name", defaultValue = "false") boolean acceptName,
            HttpServletRequest request)
            throws IOException {
        Products.Product found = find(product);
        UUID release = products.release(found.id(), version)
                .orElseThrow(() -> Problem.NOT_FOUND.because(""))
                .id();
        String audience = wanted == null ? sboms.audience(release) : wanted;
        if (!List.of("public", "verified", "granted", "nobody").contains(audience)) {
            throw Problem.NOT_POSSIBLE.because("The audience is public, verified, granted or nobody.");
        }
        if (request.getContentLengthLong() > MOST_BYTES) {
            throw Problem.TOO_LARGE.because("An SBOM has at most 200 MB.");
        }
        boolean own = Asking.person().organisation().equals(found.supplierId());
        if (!own && Asking.person().kind() == Asker.Kind.SUPPLIER) {
            throw Problem.NOT_POSSIBLE.because("Only its own supplier declares what a product holds.");
        }
        if (!own && audience.equals("granted")) {
            throw Problem.NOT_POSSIBLE.because("Only a supplier chooses the councils that read its list.");
        }
        Path file = Files.createTempFile("reeve", ".sbom");
        try (var body = new Limited(request.getInputStream(), MOST_BYTES)) {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            Sboms.Stored stored = sboms.store(
                    release, own ? Sboms.Origin.DECLARED : Sboms.Origin.OBSERVED, audience, file, acceptName);
            return new SbomReceived(stored.ref(), stored.components(), stored.known());
        } catch (Sboms.OfAnother e) {
            throw Problem.SBOM_OF_ANOTHER.because(
                    e.getMessage()
                            + ". Nothing was stored. If it is right all the same, send it with accept-name=true; with reeve publish: --accept-name.");
        } catch (Unreadable e) {
            throw Problem.SBOM_UNREADABLE.because("The file " + e.getMessage() + ". Nothing was stored.");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Products.Product find(String product) {
        return products.find(product).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    /// Ends with a refusal where more comes than was allowed, whatever the length that was told.
    private static final class Limited extends java.io.FilterInputStream {

        private long left;

        Limited(java.io.InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int n = super.read(bytes, from, length);
            left -= Math.max(0, n);
            if (left < 0) {
                throw Problem.TOO_LARGE.because("An SBOM has at most 200 MB.");
            }
            return n;
        }
    }
}
