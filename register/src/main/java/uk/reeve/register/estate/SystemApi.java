package uk.reeve.register.estate;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.web.Csv;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Problem;

@RestController
@RequestMapping("/api/v1/systems")
class SystemApi {

    private static final int PAGE = 100;

    private final Systems systems;
    private final Adding adding;
    private final Products products;

    SystemApi(Systems systems, Adding adding, Products products) {
        this.systems = systems;
        this.adding = adding;
        this.products = products;
    }

    /// @param hosting `own`, `supplier`, `other`; null: own
    /// @param exposure `internet`, `network`, `isolated`, `unknown`; null: unknown
    /// @param personalData `none`, `personal`, `special`, `unknown`; null: unknown
    record SystemSent(
            @Nullable String name,
            @Nullable String service,
            @Nullable String hosting,
            @Nullable String exposure,
            @Nullable String personalData,
            @Nullable String owner) {

        private Form form() {
            return new Form()
                    .with("name", name)
                    .with("service", service)
                    .with("hosting", Objects.requireNonNullElse(hosting, "own"))
                    .with("exposure", Objects.requireNonNullElse(exposure, "unknown"))
                    .with("personalData", Objects.requireNonNullElse(personalData, "unknown"))
                    .with("owner", owner);
        }
    }

    /// @param product the last part of a product's address; null where it is not known what it is
    /// @param version null where it is not known
    record NewSystemSent(
            @Nullable String name,
            @Nullable String product,
            @Nullable String version,
            @Nullable String service,
            @Nullable String hosting,
            @Nullable String exposure,
            @Nullable String personalData,
            @Nullable String owner) {}

    record ReleaseSent(@Nullable String version) {}

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Systems.Row> add(@RequestBody NewSystemSent sent) {
        Form form = new SystemSent(sent.name, sent.service, sent.hosting, sent.exposure, sent.personalData, sent.owner)
                .form()
                .with("version", sent.version);
        Systems.Changed told = SystemForm.read(form);
        String version = sent.version == null ? null : SystemForm.version(form);
        UUID product = sent.product == null
                ? null
                : products.find(sent.product).map(Products.Product::id).orElse(null);
        if (sent.product != null && product == null) {
            form.refuse("product", "There is no such product. Give the last part of its address");
        } else if (product == null && version != null) {
            form.refuse("version", "Say of which product this is a version");
        }
        form.mustBeRight();
        Systems.Row system = one(adding.add(product, version, told));
        return ResponseEntity.created(URI.create("/api/v1/systems/" + system.ref()))
                .body(system);
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping("/{ref}")
    Systems.Row one(@PathVariable String ref) {
        return systems.find(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    /// What is left out is told no more.
    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PutMapping("/{ref}")
    Systems.Row change(@PathVariable String ref, @RequestBody SystemSent sent) {
        one(ref);
        Form form = sent.form();
        Systems.Changed told = SystemForm.read(form);
        form.mustBeRight();
        systems.change(ref, told);
        return one(ref);
    }

    /// Which version it runs now.
    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PutMapping("/{ref}/release")
    Systems.Row upgrade(@PathVariable String ref, @RequestBody ReleaseSent sent) {
        Systems.Row system = one(ref);
        Form form = new Form().with("version", sent.version);
        String version = SystemForm.version(form);
        if (system.productId() == null) {
            form.refuse("version", "It is not known of which product this is a version");
        }
        form.mustBeRight();
        adding.upgrade(system, version);
        return one(ref);
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/{ref}/retirement")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void retire(@PathVariable String ref) {
        one(ref);
        systems.retire(ref);
    }

    /// @param next what to give as `after` for the next page; null at the end
    record SystemList(List<Systems.Row> systems, @Nullable String next) {}

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping
    SystemList list(@RequestParam(defaultValue = "") String q, @RequestParam(required = false) @Nullable String after) {
        Systems.Slice slice =
                systems.list(Systems.Order.NAME, Pasted.clean(q), Systems.From.read(after, false), Map.of(), PAGE);
        return new SystemList(
                slice.rows(), slice.later() == null ? null : slice.later().toString());
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(params = "format=csv")
    void csv(@RequestParam(defaultValue = "") String q, HttpServletResponse response) throws IOException {
        Csv.write(
                response,
                "systems",
                List.of(
                        "reference",
                        "system",
                        "service",
                        "criticality",
                        "product",
                        "version",
                        "support ends",
                        "run by",
                        "exposure",
                        "personal data",
                        "owner",
                        "can be checked"),
                systems.list(Systems.Order.NAME, Pasted.clean(q), new Systems.From(null, false), Map.of(), Csv.MOST + 1)
                        .rows(),
                row -> Arrays.asList(
                        row.ref(),
                        row.name(),
                        row.service(),
                        row.criticality(),
                        row.product(),
                        row.version(),
                        row.supportOver() ? "ended" : row.supportEndsOn(),
                        row.hosting(),
                        row.exposure(),
                        row.personalData(),
                        row.owner(),
                        row.checkable()));
    }
}
