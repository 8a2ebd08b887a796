package uk.reeve.register.catalogue;

import java.util.List;
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
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

/// What councils listed is seen by everyone once a curator says that it is right (RULINGS 2).
@Controller
public class ConfirmationPages {

    private final Products products;

    ConfirmationPages(Products products) {
        this.products = products;
    }

    /// @param versions of its releases that councils listed
    public record Confirmation(Product product, List<String> versions, Form form) {}

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @GetMapping("/products/{p}/confirmation")
    Page ask(@PathVariable String p, Form form) {
        Product product = products.find(p).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        List<String> versions = products.releases(product.id()).stream()
                .filter(Release::listed)
                .map(Release::version)
                .distinct()
                .toList();
        if (!product.listed() && versions.isEmpty()) {
            throw Problem.NOT_FOUND.because("");
        }
        return Page.of("catalogue/confirmation", new Confirmation(product, versions, form));
    }

    @Allowed(to = Asker.Kind.COORDINATOR, role = Asker.Role.CURATOR)
    @PostMapping("/products/{p}/confirmation")
    View confirm(@PathVariable String p, Form form) {
        Page asked = ask(p, form);
        String reason = MergePages.reason(form);
        if (form.refused()) {
            return asked;
        }
        Product product = products.find(p).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        products.confirm(product, reason);
        return SeeOther.to("/products/" + product.id()).saying(product.name() + " is confirmed. Everyone sees it now.");
    }
}
