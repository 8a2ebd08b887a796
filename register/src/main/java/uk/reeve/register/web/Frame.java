package uk.reeve.register.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/// What the layout shows around a page's own content.
///
/// @param home where the service's name leads
/// @param navigation links that lead somewhere
/// @param name who is signed in
/// @param actingFor for which organisation
/// @param change where to choose another organisation, when there is more than one
/// @param account the link at the navigation's end: sign-in, or the person's own page
/// @param search where "Who is exposed?" is asked
/// @param query what was asked there
/// @param csrf read only where a form is written, since reading it may begin a session
/// @param done what the person just did, told once
/// @param phase set in the demo
/// @param requestId as in the `X-Request-Id` header and in the log
public record Frame(
        String service,
        @Nullable String home,
        List<NavLink> navigation,
        @Nullable String name,
        @Nullable String actingFor,
        @Nullable String change,
        @Nullable NavLink account,
        @Nullable String search,
        String query,
        @Nullable CsrfToken csrf,
        @Nullable String done,
        @Nullable PhaseBanner phase,
        String requestId,
        List<NavLink> footer,
        AssetLinks assets) {

    public boolean demo() {
        return phase != null;
    }

    public boolean signedIn() {
        return name != null;
    }
}
