package uk.reeve.register.organisation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.SeeOther;

/// Sign-in by OpenID Connect, where `reeve.oidc.issuer`, `.client-id` and `.client-secret` name a provider. Who
/// comes is known by the provider's own id for them; the first time by an address that the provider has
/// verified. Nobody joins by it: whoever has no account stays out.
@Component
class OrganisationSignIn {

    static final String START = "/sign-in/organisation";

    private static final Logger LOG = LoggerFactory.getLogger(OrganisationSignIn.class);
    private static final String BACK = START + "/back";
    private static final String ID = "organisation";

    private final String issuer;
    private final String clientId;
    private final String clientSecret;
    private final String address;
    private final String label;
    private final People people;
    private final Entrance entrance;
    private final Post post;
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final JsonMapper json;
    private volatile @Nullable ClientRegistration found;

    OrganisationSignIn(
            @Value("${reeve.oidc.issuer:}") String issuer,
            @Value("${reeve.oidc.client-id:}") String clientId,
            @Value("${reeve.oidc.client-secret:}") String clientSecret,
            @Value("${reeve.oidc.label:Sign in with your organisation}") String label,
            @Value("${reeve.address:}") String address,
            People people,
            Entrance entrance,
            Post post,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            JsonMapper json) {
        if (!issuer.isBlank() && (clientId.isBlank() || clientSecret.isBlank())) {
            throw new IllegalArgumentException(
                    "reeve.oidc.issuer needs reeve.oidc.client-id and reeve.oidc.client-secret beside it.");
        }
        this.issuer = issuer.strip();
        this.clientId = clientId.strip();
        this.clientSecret = clientSecret.strip();
        this.label = label;
        this.address = address.isEmpty() ? "{baseUrl}" : address;
        this.people = people;
        this.entrance = entrance;
        this.post = post;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
    }

    /// What the button says; null where no provider is set.
    @Nullable
    String label() {
        return issuer.isEmpty() ? null : label;
    }

    /// Adds the provider's two addresses to the chain, where one is set.
    void configure(HttpSecurity http) {
        if (!issuer.isEmpty()) {
            http.oauth2Login(this::configure);
        }
    }

    private void configure(OAuth2LoginConfigurer<HttpSecurity> login) {
        ClientRegistrationRepository provider = id -> id.equals(ID) ? registration() : null;
        login.loginPage("/sign-in")
                .clientRegistrationRepository(provider)
                .authorizedClientRepository(new NoTokens())
                .authorizationEndpoint(start -> start.authorizationRequestResolver(resolver(provider))
                        .authorizationRequestRepository(new Asked()))
                .redirectionEndpoint(back -> back.baseUri(BACK))
                .successHandler(this::arrived)
                .failureHandler((request, response, problem) -> {
                    LOG.warn("the provider's sign-in failed: {}", problem.getMessage());
                    away(NotIn.of(problem)).render(Map.of(), request, response);
                });
    }

    /// Asked for when somebody first comes, so that a provider that is down does not keep the register from starting.
    private ClientRegistration registration() {
        ClientRegistration known = found;
        if (known == null) {
            known = ClientRegistrations.fromIssuerLocation(issuer)
                    .registrationId(ID)
                    .clientId(clientId)
                    .clientSecret(clientSecret)
                    .redirectUri(address + BACK)
                    .scope("openid", "email", "profile")
                    .build();
            found = known;
        }
        return known;
    }

    /// One address starts it; where the provider does not answer, the page of that address says so.
    private static OAuth2AuthorizationRequestResolver resolver(ClientRegistrationRepository provider) {
        var library = new DefaultOAuth2AuthorizationRequestResolver(provider, "/sign-in");
        library.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        return new OAuth2AuthorizationRequestResolver() {
            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
                if (!request.getRequestURI().equals(START)) {
                    return null;
                }
                try {
                    return library.resolve(request, ID);
                } catch (RuntimeException e) {
                    LOG.warn("the provider of reeve.oidc.issuer does not answer: {}", e.getMessage());
                    return null;
                }
            }

            @Override
            public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String id) {
                return resolve(request);
            }
        };
    }

    private void arrived(HttpServletRequest request, HttpServletResponse response, Authentication authentication) {
        entrance.empty(request); // of what the library put into the session
        OidcUser user = (OidcUser) Objects.requireNonNull(authentication.getPrincipal());
        Optional<Known> known =
                person(user).filter(one -> !people.seats(one.person()).isEmpty());
        if (known.isEmpty()) {
            away(stranger(user)).render(Map.of(), request, response);
            return;
        }
        entrance.enter(known.get().person(), request, response);
        // whose codes are gone sets them up anew: with them they get back in without an administrator (RULINGS 28)
        SeeOther.to(known.get().first() ? "/account/second-factor" : "/today").render(Map.of(), request, response);
    }

    static SeeOther away(NotIn why) {
        return SeeOther.to("/sign-in?organisation=" + why.key());
    }

    /// Why somebody whom the provider knows does not come in.
    private NotIn stranger(OidcUser user) {
        String email = user.getEmail();
        if (!Boolean.TRUE.equals(user.getEmailVerified()) || email == null) {
            return NotIn.UNVERIFIED;
        }
        boolean invited = Asking.as(
                new Asker.Gate(),
                () -> Objects.requireNonNull(transactions.execute(_ -> jdbc.sql("""
                        SELECT EXISTS (SELECT FROM invitation
                                        WHERE email = :email AND spent_at IS NULL AND expires_at > now())
                        """)
                        .param("email", People.plain(email))
                        .query(Boolean.class)
                        .single())));
        return invited ? NotIn.INVITED : NotIn.UNKNOWN;
    }

    private Optional<UUID> known(Identity identity) {
        return jdbc.sql("SELECT person_id FROM identity WHERE issuer = :issuer AND subject = :subject")
                .param("issuer", identity.issuer())
                .param("subject", identity.subject())
                .query(UUID.class)
                .optional();
    }

    /// By which a provider knows somebody for good: Entra's tenant and object, which stay when this register gets
    /// another registration there; else the issuer and its subject.
    private record Identity(String issuer, String subject) {

        static Identity of(OidcUser user) {
            String tenant = user.getClaimAsString("tid");
            String object = user.getClaimAsString("oid");
            return tenant != null && object != null && tenant.matches(UUID_FORM) && object.matches(UUID_FORM)
                    ? new Identity("tid:" + tenant.toLowerCase(Locale.ROOT), object.toLowerCase(Locale.ROOT))
                    : new Identity(
                            Objects.requireNonNull(user.getIssuer()).toString(),
                            Objects.requireNonNull(user.getSubject()));
        }

        private static final String UUID_FORM = "(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    }

    /// @param first whether the provider's word was the first that says whose the account's address is: what it was
    /// entered by before has ended
    private record Known(UUID person, boolean first) {}

    private Optional<Known> person(OidcUser user) {
        Identity identity = Identity.of(user);
        return Asking.as(
                new Asker.Gate(),
                () -> Objects.requireNonNull(transactions.execute(_ -> {
                    Optional<UUID> known = known(identity);
                    if (known.isPresent() || !Boolean.TRUE.equals(user.getEmailVerified()) || user.getEmail() == null) {
                        return known.map(person -> new Known(person, false));
                    }
                    String email = People.plain(user.getEmail());
                    boolean first = jdbc.sql("""
                            SELECT proven_at IS NULL FROM person p
                             WHERE email = :email AND NOT EXISTS (SELECT FROM identity i WHERE i.person_id = p.id)
                            """)
                            .param("email", email)
                            .query(Boolean.class)
                            .optional()
                            .orElse(false);
                    // who made the account may not have owned the address: the provider's word is the first that says
                    // who does
                    for (String ways : !first
                            ? new String[0]
                            : new String[] {
                                "password WHERE person_id",
                                "passkey WHERE person_id",
                                "second_factor WHERE person_id",
                                "recovery_code WHERE person_id",
                                "session WHERE principal_name::uuid"
                            }) {
                        jdbc.sql("DELETE FROM " + ways + " = (SELECT p.id FROM person p WHERE p.email = :email)")
                                .param("email", email)
                                .update();
                    }
                    // an account that is bound to another of the provider's people is not given away with its address
                    Optional<UUID> bound = jdbc.sql("""
                    INSERT INTO identity (issuer, subject, person_id)
                    SELECT :issuer, :subject, id FROM person WHERE email = :email
                    ON CONFLICT DO NOTHING RETURNING person_id
                    """)
                            .param("issuer", identity.issuer())
                            .param("subject", identity.subject())
                            .param("email", email)
                            .query(UUID.class)
                            .optional();
                    bound.ifPresent(person -> jdbc.sql(
                                    "UPDATE person SET proven_at = coalesce(proven_at, now()) WHERE id = :person")
                            .param("person", person)
                            .update());
                    return bound.map(person -> {
                        post.changed(
                                email,
                                "You came in by your organisation's sign-in for the first time. "
                                        + (first
                                                ? "A password, passkeys and codes from before work no more."
                                                : "What you came in by before still works."));
                        return new Known(person, first);
                    });
                })));
    }

    /// What was asked of the provider, until its answer comes: in the session, as text.
    private final class Asked implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

        private static final String KEPT = "asked-provider";

        private record Kept(
                String uri,
                String redirect,
                Set<String> scopes,
                String state,
                Map<String, String> parameters,
                Map<String, String> attributes) {}

        @Override
        public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
            var session = request.getSession(false);
            if (session == null || !(session.getAttribute(KEPT) instanceof String text)) {
                return null;
            }
            Kept kept = json.readValue(text, Kept.class);
            if (!kept.state().equals(request.getParameter("state"))) {
                return null;
            }
            return OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri(kept.uri())
                    .clientId(clientId)
                    .redirectUri(kept.redirect())
                    .scopes(kept.scopes())
                    .state(kept.state())
                    .additionalParameters(new LinkedHashMap<String, Object>(kept.parameters()))
                    .attributes(new LinkedHashMap<String, Object>(kept.attributes()))
                    .build();
        }

        @Override
        public void saveAuthorizationRequest(
                @Nullable OAuth2AuthorizationRequest asked, HttpServletRequest request, HttpServletResponse response) {
            if (asked == null) {
                removeAuthorizationRequest(request, response);
                return;
            }
            request.getSession()
                    .setAttribute(
                            KEPT,
                            json.writeValueAsString(new Kept(
                                    asked.getAuthorizationUri(),
                                    String.valueOf(asked.getRedirectUri()),
                                    asked.getScopes(),
                                    String.valueOf(asked.getState()),
                                    texts(asked.getAdditionalParameters()),
                                    texts(asked.getAttributes()))));
        }

        private static Map<String, String> texts(Map<String, Object> values) {
            Map<String, String> texts = new LinkedHashMap<>();
            values.forEach((name, value) -> texts.put(name, String.valueOf(value)));
            return texts;
        }

        @Override
        public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(
                HttpServletRequest request, HttpServletResponse response) {
            OAuth2AuthorizationRequest asked = loadAuthorizationRequest(request);
            if (asked != null) {
                request.getSession().removeAttribute(KEPT);
            }
            return asked;
        }
    }

    /// The provider's tokens are of no use to the register, and not kept.
    private static final class NoTokens implements OAuth2AuthorizedClientRepository {

        @Override
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String id, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String id, Authentication principal, HttpServletRequest request, HttpServletResponse response) {}
    }
}
