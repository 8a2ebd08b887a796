package uk.reeve.register.organisation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.audience.RightsGate;
import uk.reeve.register.web.Viewer;

/// Sign-in, and who asks for the length of a request. What an endpoint allows stands on it (RightsGate), not here.
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
        return Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8();
    }

    @Bean
    AuthenticationProvider accounts(People people, Argon2PasswordEncoder passwords) {
        // compared against where there is no such account, so that the time taken tells nothing
        String nobody = passwords.encode("nobody has this password");
        return new AuthenticationProvider() {
            @Override
            public Authentication authenticate(Authentication given) {
                var account = people.account(given.getName());
                String hash = account.map(People.Account::passwordHash).orElse(null);
                boolean right = passwords.matches(String.valueOf(given.getCredentials()), hash == null ? nobody : hash);
                if (account.isEmpty() || hash == null || !right) {
                    throw new BadCredentialsException("wrong name or password");
                }
                var seats = people.seats(account.get().id());
                if (seats.isEmpty()) {
                    throw new BadCredentialsException("no organisation");
                }
                return UsernamePasswordAuthenticationToken.authenticated(
                        SignedIn.of(account.get(), seats), null, List.of());
            }

            @Override
            public boolean supports(Class<?> kind) {
                return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
            }
        };
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Keys keys) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .formLogin(form -> form.loginPage("/sign-in")
                        .usernameParameter("email")
                        .defaultSuccessUrl("/today")
                        .failureUrl("/sign-in?wrong"))
                .logout(out -> out.logoutUrl("/sign-out").logoutSuccessUrl("/"))
                .headers(headers -> headers.disable()) // web.Headers says them, on every answer
                .csrf(csrf -> csrf.ignoringRequestMatchers(Security::byKey)) // no cookie, so nothing to forge
                .addFilterAfter(new WhoAsks(keys), AuthorizationFilter.class)
                .build();
    }

    private static boolean byKey(HttpServletRequest request) {
        String given = request.getHeader("Authorization");
        return request.getRequestURI().startsWith("/api/") && given != null && given.startsWith("Bearer ");
    }

    /// Says who asks, and takes it back at the end: threads are used again.
    private static final class WhoAsks extends OncePerRequestFilter {

        private final Keys keys;

        WhoAsks(Keys keys) {
            this.keys = keys;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            if (byKey(request)) {
                String key = request.getHeader("Authorization")
                        .substring("Bearer ".length())
                        .strip();
                Asking.set(keys.asker(key).map(Asker.class::cast).orElse(new Asker.Nobody()));
            } else if (authentication != null && authentication.getPrincipal() instanceof SignedIn signedIn) {
                Asking.set(signedIn.asker());
                request.setAttribute(Viewer.class.getName(), signedIn);
            } else {
                Asking.set(new Asker.Nobody());
            }
            try {
                chain.doFilter(request, response);
            } finally {
                Asking.set(new Asker.Nobody());
            }
        }
    }
}
