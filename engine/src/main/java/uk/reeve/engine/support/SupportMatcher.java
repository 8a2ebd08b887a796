package uk.reeve.engine.support;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;

/// Component and dates to how its release stands. Safe for many threads.
public final class SupportMatcher {

    private final SupportDates dates;
    private final int today;

    /// @param today days since 1 January 1970
    public SupportMatcher(SupportDates dates, int today) {
        this.dates = dates;
        this.today = today;
    }

    /// How the component's own release stands; null where no product names it, or no release fits its version. What a
    /// distribution packages has none of its own: see [#distribution].
    public @Nullable Standing of(Component component) throws BadIndex {
        if (component.type().equals("operating-system")) {
            OperatingSystem system = OperatingSystem.of(component);
            return system == null ? null : of(system);
        }
        Purl purl = component.purl();
        if (purl == null) {
            return byCpe(component);
        }
        String key = ProductKeys.of(purl);
        String version = purl.version() == null ? component.version() : purl.version();
        if (key == null || version == null || isPseudo(purl, version)) {
            return null;
        }
        String plain = purl.type().equals("golang") && version.startsWith("go") ? version.substring(2) : version;
        return kindest(dates.find(key), plain, component.locked() ? Confidence.EXACT : Confidence.POSSIBLE);
    }

    /// How the release of the distribution stands that the component is a package of; null where it is of none, or of
    /// none that is known.
    ///
    /// @param told OSV's word for the release that packages without one belong to: `Debian:12`; null for none
    public @Nullable Standing distribution(Component component, @Nullable String told) throws BadIndex {
        Purl purl = component.purl();
        if (purl == null) {
            return null;
        }
        boolean packaged = purl.type().equals("deb")
                || purl.type().equals("rpm")
                || purl.type().equals("apk");
        OperatingSystem system = packaged ? OperatingSystem.ofPackage(purl, told) : null;
        return system == null ? null : of(system);
    }

    private @Nullable Standing of(OperatingSystem system) throws BadIndex {
        List<Product> products = new ArrayList<>(2);
        for (String name : system.products()) {
            products.addAll(dates.find("os/" + name));
        }
        return kindest(products, system.version(), Confidence.EXACT);
    }

    private @Nullable Standing byCpe(Component component) throws BadIndex {
        for (String cpe : component.cpes()) {
            String key = ProductKeys.ofCpe(cpe);
            String told = key == null ? null : ProductKeys.versionOfCpe(cpe);
            String version = told == null ? component.version() : told;
            Standing found =
                    key == null || version == null ? null : kindest(dates.find(key), version, Confidence.POSSIBLE);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    // Where several products fit, the one that is supported longest: nobody is to be alarmed by a guess.
    private @Nullable Standing kindest(List<Product> products, String version, Confidence confidence) {
        Standing kindest = null;
        int fitting = 0;
        for (Product product : products) {
            Cycle cycle = product.of(version);
            Standing standing = cycle == null ? null : judged(product, cycle, version, confidence);
            if (standing != null) {
                fitting++;
                kindest = kindest == null || standing.lasts() > kindest.lasts() ? standing : kindest;
            }
        }
        return kindest == null || fitting == 1
                ? kindest
                : new Standing(
                        kindest.product(),
                        kindest.cycle(),
                        kindest.state(),
                        Confidence.POSSIBLE,
                        kindest.replacement());
    }

    // After the end nothing follows but a mend that somebody sells. A version far above the last one is numbered
    // otherwise than the product.
    private @Nullable Standing judged(Product product, Cycle cycle, String version, Confidence confidence) {
        Standing standing = Standing.of(product, cycle, confidence, today);
        if (standing.state() != Standing.State.ENDED || cycle.latest().isEmpty()) {
            return standing;
        }
        return switch (VersionParts.above(version, cycle.latest())) {
            case NOT -> standing;
            case A_LITTLE -> Standing.of(product, cycle, Confidence.POSSIBLE, today);
            case FAR -> null;
        };
    }

    /// Go's `v1.8.2-0.20211119115433-692a54649ed7`: a commit, under a number that nobody gave it.
    private static boolean isPseudo(Purl purl, String version) {
        int dash = version.lastIndexOf('-');
        return purl.type().equals("golang")
                && dash > 14
                && VersionParts.digits(version, dash - 14, dash)
                && (version.charAt(dash - 15) == '-' || version.charAt(dash - 15) == '.');
    }
}
