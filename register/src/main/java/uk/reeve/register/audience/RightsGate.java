package uk.reeve.register.audience;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import uk.reeve.register.web.Problem;

/// The one authoriser: reads each endpoint's [Allowed]. To whom a page is not meant at all, it does not exist;
/// who lacks only the role, is told so (PAGES 6).
@Component
public final class RightsGate implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (!(handler instanceof HandlerMethod method)
                || !method.getBeanType().getName().startsWith("uk.reeve.")) {
            return true; // the framework's own error page
        }
        Allowed allowed = method.getMethodAnnotation(Allowed.class);
        if (allowed == null) {
            throw Problem.NOT_FOUND.because("");
        }
        if (allowed.anyone()) {
            return true;
        }
        if (!(Asking.now() instanceof Asker.Person person)) {
            if (request.getRequestURI().startsWith("/api/")) {
                throw Problem.NOT_SIGNED_IN.because("Send an API key as \"Authorization: Bearer …\".");
            }
            response.sendRedirect("/sign-in");
            return false;
        }
        if (allowed.to().length > 0 && !List.of(allowed.to()).contains(person.kind())) {
            throw Problem.NOT_FOUND.because("");
        }
        if (allowed.role() != Asker.Role.READER && !person.may(allowed.role())) {
            throw Problem.ROLE_TOO_SMALL.because(
                    "You need the role \"" + allowed.role().name().toLowerCase(java.util.Locale.ROOT)
                            + "\". An administrator of your organisation can give it to you.");
        }
        return true;
    }
}
