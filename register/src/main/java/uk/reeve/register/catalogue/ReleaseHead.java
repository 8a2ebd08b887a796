package uk.reeve.register.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.catalogue.Products.Product;
import uk.reeve.register.catalogue.Products.Release;
import uk.reeve.register.web.NavLink;

/// A release as each of its pages begins with it.
public record ReleaseHead(Product product, Release release, Standing standing) {

    /// "Larkfield Revenues 8.2".
    public String name() {
        return product.name() + " " + release.version();
    }

    public String path() {
        return product.path() + "/releases/" + release.address();
    }

    public List<NavLink> breadcrumbs() {
        return List.of(new NavLink("Products", "/products"), new NavLink(product.name(), product.path()));
    }

    /// The release's pages.
    ///
    /// @param current the last part of the address of the one that is shown; empty for the release itself
    public List<NavLink> parts(String current) {
        return List.of(
                part("This release", "", current),
                part("Components", "components", current),
                part("Findings", "findings", current),
                part("Statements", "statements", current),
                part("Compare", "compare", current));
    }

    private NavLink part(String text, String part, String current) {
        return new NavLink(text, part.isEmpty() ? path() : path() + "/" + part, part.equals(current));
    }

    /// Why its components are not shown to who asks; null where they are.
    public @Nullable String closed() {
        return release.document() != null
                ? null
                : release.declared() != null
                        ? Sharing.of(release.declared()).words(product) + "."
                        : "No SBOM of this release is known, so nothing can be said about what is inside.";
    }
}
