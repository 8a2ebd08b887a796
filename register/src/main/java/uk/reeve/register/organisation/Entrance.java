package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.HttpSessionCsrfTokenRepository;
import org.springframework.stereotype.Component;

/// Begins, changes and ends what a session says of who is there: every way of signing in ends here.
@Component
public class Entrance {

    private final People people;
    private final Clock clock;
    private final Duration idle;
    private final Duration longest;

    Entrance(
            People people,
            Clock clock,
            @Value("${reeve.session.idle}") Duration idle,
            @Value("${reeve.session.longest}") Duration longest) {
        this.people = people;
        this.clock = clock;
        this.idle = idle;
        this.longest = longest;
    }

    /// Signs somebody in of whom the caller has made sure. Neither the session's id nor its form token stays as it was.
    public void enter(UUID person, HttpServletRequest request, HttpServletResponse response) {
        request.getSession().setMaxInactiveInterval((int) idle.toSeconds());
        request.changeSessionId();
        new HttpSessionCsrfTokenRepository().saveToken(null, request, response);
        save(new Entered(person, null, clock.instant()), request, response);
        people.seen(person);
    }

    /// Lets who has signed in act for another of their organisations.
    void actFor(UUID organisation, HttpServletRequest request, HttpServletResponse response) {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof Entered entered) {
            save(new Entered(entered.person(), organisation, entered.at()), request, response);
        }
    }

    private static void save(Entered entered, HttpServletRequest request, HttpServletResponse response) {
        new HttpSessionSecurityContextRepository().saveContext(new SecurityContextImpl(entered), request, response);
    }

    /// Who the session belongs to. One that is too old, or whose person has left, is ended.
    Optional<SignedIn> who(HttpServletRequest request) {
        if (!(SecurityContextHolder.getContext().getAuthentication() instanceof Entered entered)) {
            return Optional.empty();
        }
        Optional<SignedIn> who = clock.instant().isAfter(entered.at().plus(longest))
                ? Optional.empty()
                : people.signedIn(entered.person(), entered.organisation());
        if (who.isEmpty()) {
            leave(request);
        }
        return who;
    }

    /// Takes out what a library put into a session whose id it has changed: that cannot be ended yet, since it is
    /// kept under its former id until the answer is sent.
    void empty(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            Collections.list(session.getAttributeNames()).forEach(session::removeAttribute);
        }
    }

    void leave(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
