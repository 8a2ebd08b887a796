package uk.reeve.register.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Makes each page's [Frame] from who looks, what exists and what just happened.
@Component
final class Frames {

    /// The flash attribute that holds what the person just did.
    static final String DONE = "done";

    private static final String SEARCH = "/who-is-exposed";
    private static final List<NavLink> SIGNED_OUT =
            List.of(new NavLink("Products", "/products"), new NavLink("Advisories", "/advisories"));
    private static final List<NavLink> FOOTER = List.of(
            new NavLink("Help", "/help"),
            new NavLink("Accessibility", "/accessibility"),
            new NavLink("Privacy", "/privacy"));

    private final Routes routes;
    private final AssetLinks assets;
    private final ObjectProvider<PhaseBanner> phase;

    Frames(Routes routes, Assets assets, ObjectProvider<PhaseBanner> phase) {
        this.routes = routes;
        this.assets = assets.links();
        this.phase = phase;
    }

    /// @param within whether the page lies where its address says; false for a page that tells of an error, which must
    ///     read the same wherever it comes up
    Frame of(HttpServletRequest request, boolean within) {
        Viewer viewer = (Viewer) request.getAttribute(Viewer.class.getName());
        String path = request.getRequestURI();
        return new Frame(
                "Reeve",
                there("/"),
                existing((viewer == null ? SIGNED_OUT : viewer.navigation())
                        .stream().map(link -> within ? link.on(path) : link)),
                viewer == null ? null : viewer.name(),
                viewer == null ? null : viewer.actingFor(),
                viewer != null && viewer.severalOrganisations() ? there("/account/acting-for") : null,
                account(viewer, within ? path : ""),
                there(SEARCH),
                path.equals(SEARCH) ? Objects.requireNonNullElse(request.getParameter("q"), "") : "",
                (CsrfToken) request.getAttribute(CsrfToken.class.getName()),
                within ? done(request) : null,
                phase.getIfAvailable(),
                RequestFrame.id(request),
                existing(FOOTER.stream()),
                assets);
    }

    private @Nullable NavLink account(@Nullable Viewer viewer, String path) {
        NavLink link = viewer == null ? new NavLink("Sign in", "/sign-in") : new NavLink(viewer.name(), "/account");
        return there(link.href()) == null ? null : link.on(path);
    }

    private List<NavLink> existing(Stream<NavLink> links) {
        return links.filter(link -> there(link.href()) != null).toList();
    }

    private @Nullable String there(String path) {
        return routes.exist(path) ? path : null;
    }

    private static @Nullable String done(HttpServletRequest request) {
        Map<String, ?> flash = RequestContextUtils.getInputFlashMap(request);
        return flash == null ? null : (String) flash.get(DONE);
    }
}
