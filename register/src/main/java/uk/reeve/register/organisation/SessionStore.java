package uk.reeve.register.organisation;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.jobs.Job;

/// Sessions live in the database: a restart signs nobody out, and any node knows everybody.
@Configuration(proxyBeanMethods = false)
class SessionStore {

    /// Each in a transaction of its own, as the gate, whoever asks around it.
    @Bean("springSessionTransactionOperations")
    TransactionOperations sessionTransactions(PlatformTransactionManager manager) {
        TransactionTemplate own = new TransactionTemplate(manager);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new TransactionOperations() {
            @Override
            public <T> T execute(TransactionCallback<T> work) {
                return Asking.as(new Asker.Gate(), () -> own.execute(work));
            }
        };
    }

    @Bean("springSessionConversionService")
    ConversionService sessionConversion(JsonMapper json) {
        GenericConversionService conversion = new GenericConversionService();
        conversion.addConverter(new SessionValues(json));
        return conversion;
    }

    /// The library's own statements, but for the session's id, of which the database gets the digest.
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> digestsForIds() {
        return repository -> {
            repository.setCreateSessionQuery("""
                    INSERT INTO session (primary_id, session_id, creation_time, last_access_time, max_inactive_interval,
                                         expiry_time, principal_name)
                    VALUES (?, session_key(?), ?, ?, ?, ?, ?)
                    """);
            repository.setGetSessionQuery("""
                    SELECT s.primary_id, given.id AS session_id, s.creation_time, s.last_access_time,
                           s.max_inactive_interval, a.attribute_name, a.attribute_bytes
                      FROM (VALUES (?)) AS given (id)
                      JOIN session s ON s.session_id = session_key(given.id)
                      LEFT JOIN session_attributes a ON a.session_primary_id = s.primary_id
                    """);
            repository.setUpdateSessionQuery("""
                    UPDATE session SET session_id = session_key(?), last_access_time = ?, max_inactive_interval = ?,
                                       expiry_time = ?, principal_name = ?
                     WHERE primary_id = ?
                    """);
            repository.setDeleteSessionQuery(
                    "DELETE FROM session WHERE session_id = session_key(?) AND max_inactive_interval >= 0");
            repository.setCreateSessionAttributeQuery("""
                    INSERT INTO session_attributes (session_primary_id, attribute_name, attribute_bytes)
                    SELECT primary_id, given.name, given.bytes
                      FROM (VALUES (?, ?, ?)) AS given (id, name, bytes) JOIN session ON primary_id = given.id
                    ON CONFLICT (session_primary_id, attribute_name) DO UPDATE SET attribute_bytes = excluded.attribute_bytes
                    """); // nothing where the session was ended meanwhile
        };
    }

    /// `Secure` where people come by https, be it that a proxy takes it off before us.
    @Bean
    DefaultCookieSerializer sessionCookie(@Value("${reeve.address:}") String address) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName("reeve");
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        if (address.startsWith("https://")) {
            cookie.setUseSecureCookie(true); // else as the request came
        }
        return cookie;
    }

    @Bean
    Job endOldSessions(JdbcIndexedSessionRepository sessions, Tries tries, Recovery recovery) {
        return new Job("sessions-end", Duration.ofMinutes(5), () -> {
            sessions.cleanUpExpiredSessions();
            tries.forget();
            recovery.forget();
        });
    }
}
