package uk.reeve.register.organisation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audience.RightsGate;
import uk.reeve.register.web.Refusals;
import uk.reeve.register.web.Turns;
import uk.reeve.register.web.Viewer;

/// Sign-in, and who asks for the length of a request, in turn. What an endpoint allows stands on it (RightsGate).
@Configuration(proxyBeanMethods = false)
class Security implements WebMvcConfigurer {

    private final RightsGate gate;

    Security(RightsGate gate) {
        this.gate = gate;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
    }

    @Bean
    Argon2PasswordEncoder passwords() {
        return new Passwords();
    }

    @Bean
    SecurityFilterChain chain(
            HttpSecurity http,
            Keys keys,
            Entrance entrance,
            OrganisationSignIn provider,
            Turns turns,
            Refusals refusals)
            throws Exception {
        provider.configure(http);
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .requestCache(cache -> cache.disable()) // a session keeps no requests
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/"))
                .headers(headers -> headers.disable()) // web.Headers says them, on every answer
                .csrf(csrf -> csrf.ignoringRequestMatchers(Security::byKey) // no cookie, so nothing to forge
                        .ignoringRequestMatchers(
                                "/unsubscribe/*")) // whoever has the link may, from a mail program, too
                .addFilterAfter(new WhoAsks(keys, entrance, turns, refusals), AuthorizationFilter.class)
                .build();
    }

    private static boolean byKey(HttpServletRequest request) {
        String given = request.getHeader("Authorization");
        return request.getRequestURI().startsWith("/api/") && given != null && given.startsWith("Bearer ");
    }

    /// Says who asks, and takes it back at the end: threads are used again.
    private static final class WhoAsks extends OncePerRequestFilter {

        private final Keys keys;
        private final Entrance entrance;
        private final Turns turns;
        private final Refusals refusals;

        WhoAsks(Keys keys, Entrance entrance, Turns turns, Refusals refusals) {
            this.keys = keys;
            this.entrance = entrance;
            this.turns = turns;
            this.refusals = refusals;
        }

        /// Whose turn a request takes. A person at a browser does not wait for scripts that ask by their keys, nor
        /// for a file that goes in by another of their pages.
        private record Caller(Object who, boolean byKey, boolean sends) {}

        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getRequestURI().startsWith("/assets/"); // the same for everyone
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            boolean byKey = byKey(request);
            if (byKey) {
                String key = request.getHeader("Authorization")
                        .substring("Bearer ".length())
                        .strip();
                Asking.set(keys.asker(key).map(Asker.class::cast).orElse(new Asker.Nobody()));
            } else {
                Optional<SignedIn> who = entrance.who(request);
                Asking.set(who.map(SignedIn::asker).map(Asker.class::cast).orElse(new Asker.Nobody()));
                who.ifPresent(signedIn -> request.setAttribute(Viewer.class.getName(), signedIn));
            }
            Object who = Asking.now() instanceof Asker.Person person
                    ? person.person()
                    : Tries.network(request.getRemoteAddr());
            try {
                inTurn(new Caller(who, byKey, !request.getMethod().equals("GET")), request, response, chain);
            } finally {
                Asking.set(new Asker.Nobody());
            }
        }

        private void inTurn(Caller caller, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Turns.Turn turn;
            try {
                turn = turns.of(caller);
            } catch (ErrorResponseException refusal) {
                refusals.tell(refusal, request, response);
                return;
            }
            try (turn) {
                chain.doFilter(request, response);
            }
        }
    }
}
