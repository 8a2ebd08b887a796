package uk.reeve.register.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Products.Product;
import uk.reeve.register.catalogue.Products.Release;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

/// What is in the catalogue twice becomes one: by a curator, looked at once more before it is done (RULINGS 1, 2).
@Controller
public class MergePages {

    private static final int LONGEST = 200;
    private static final int MOST = 20;

    private final Products products;

    MergePages(Products products) {
        this.products = products;
    }

    /// @param gone name of what will be no more
    /// @param path its address
    /// @param stays name of what it becomes; null while that is not chosen
    /// @param options what it may become
    public record Merge(
            String gone,
            String path,
            Form form,
            List<Option> options,
            @Nullable String stays) {

        public String answer() {
            return stays == null
                    ? "Choose what it really is. You see it once more before it is done."
                    : gone + " becomes " + stays
                            + ". Its address leads there, and the systems of councils follow. It cannot be undone.";
        }
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @GetMapping("/products/{p}/merge")
    Page product(@PathVariable String p, Form form) {
        return page(find(p), form, null);
    }

    /// Asks once more; done once `sure` is sent with it.
    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @PostMapping("/products/{p}/merge")
    View mergeProduct(@PathVariable String p, Form form) {
        Product gone = find(p);
        String into = last(form.value("other").isBlank() ? form.value("into") : form.value("other"));
        Optional<Product> chosen = into.isEmpty() ? Optional.empty() : products.find(into);
        Product stays = chosen.filter(one -> !one.id().equals(gone.id())).orElse(null);
        String reason = reason(form);
        if (stays == null) {
            form.refuse("into", "Choose the product that it really is, or give its address here");
        } else if (gone.supplierId() != null && !gone.supplierId().equals(stays.supplierId())) {
            form.refuse("into", "A product of one supplier does not become one of another. Merge the other into it");
        }
        if (stays == null || form.refused() || !form.value("sure").equals("yes")) {
            return page(gone, form, form.refused() ? null : stays);
        }
        products.merge(gone.id(), stays.id(), reason);
        return SeeOther.to(stays.path()).saying(gone.name() + " is " + stays.name() + " from now on.");
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @GetMapping("/products/{p}/releases/{v}/merge")
    Page release(@PathVariable String p, @PathVariable String v, Form form) {
        return page(products.head(p, v), form, null);
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @PostMapping("/products/{p}/releases/{v}/merge")
    View mergeRelease(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead gone = products.head(p, v);
        Release stays = products.releases(gone.product().id()).stream()
                .filter(one -> one.id().toString().equals(form.value("into"))
                        && !one.id().equals(gone.release().id()))
                .findFirst()
                .orElse(null);
        String reason = reason(form);
        if (stays == null) {
            form.refuse("into", "Choose the release that it really is");
        }
        if (stays == null || form.refused() || !form.value("sure").equals("yes")) {
            return page(gone, form, form.refused() || stays == null ? null : stays);
        }
        products.mergeRelease(gone.release().id(), stays.id(), reason);
        return SeeOther.to(gone.product().path() + "/releases/" + stays.address())
                .saying(gone.release().version() + " is " + stays.version() + " from now on.");
    }

    static String reason(Form form) {
        String reason = Plain.of(form.value("reason"));
        if (reason.isEmpty() || reason.length() > LONGEST) {
            form.refuse("reason", "Say how you know, in at most 200 characters");
        }
        return reason;
    }

    private Page page(Product gone, Form form, @Nullable Product stays) {
        List<Option> options = new ArrayList<>();
        products.matching(gone.name()).stream()
                .filter(one -> !one.product().equals(gone.id()))
                .forEach(one -> options.add(Option.of(
                        one.product().toString(), one.name() + (one.supplier() == null ? "" : ", " + one.supplier()))));
        if (stays != null) {
            form.with("into", stays.id().toString());
        }
        return Page.of(
                "catalogue/merge",
                new Merge(gone.name(), gone.path(), form, options, stays == null ? null : stays.name()));
    }

    private Page page(ReleaseHead gone, Form form, @Nullable Release stays) {
        List<Option> options = products.releases(gone.product().id()).stream()
                .filter(one -> !one.id().equals(gone.release().id()))
                .limit(MOST)
                .map(one -> Option.of(one.id().toString(), one.version()))
                .toList();
        return Page.of(
                "catalogue/merge",
                new Merge(
                        gone.name(),
                        gone.path(),
                        form,
                        options,
                        stays == null ? null : gone.product().name() + " " + stays.version()));
    }

    private Product find(String p) {
        return products.find(p).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    /// The last part of an address, or the word itself.
    private static String last(String address) {
        String plain = Plain.of(address);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }
}
