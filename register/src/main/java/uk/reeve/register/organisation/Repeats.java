package uk.reeve.register.organisation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.jobs.Job;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Refusals;
import uk.reeve.register.web.SentBody;

/// A POST below `/api/` with an `Idempotency-Key` is done once: who sends it again within 24 hours, since
/// no answer came, gets the first answer. What was done and its answer are one transaction; a refusal is
/// not kept, for nothing was done.
@Component
class Repeats extends OncePerRequestFilter {

    private static final int MOST_BYTES = 1 << 20;

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    /// For what holds only as long as nobody changes what was read: EntityTags looks within the same transaction.
    private final TransactionTemplate unchanged;
    private final Refusals refusals;

    Repeats(JdbcClient jdbc, TransactionTemplate transactions, Refusals refusals) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.unchanged = new TransactionTemplate(Objects.requireNonNull(transactions.getTransactionManager()));
        this.unchanged.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.refusals = refusals;
    }

    @Bean
    Job forgetAnswers() {
        return new Job("answers-forget", Duration.ofHours(1), this::forget);
    }

    void forget() {
        transactions.executeWithoutResult(
                _ -> jdbc.sql("DELETE FROM api_answer WHERE answered_at < now() - interval '24 hours'")
                        .update());
    }

    /// Who may write nothing is refused by the endpoint, and reads no answer here.
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || !request.getRequestURI().startsWith("/api/")
                || request.getHeader("Idempotency-Key") == null
                || !(Asking.now() instanceof Asker.Person person && person.may(Asker.Role.EDITOR));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        String key = Objects.requireNonNull(request.getHeader("Idempotency-Key"));
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (!key.matches("[!-~]{1,200}")) {
            refusals.tell(
                    Problem.REQUEST_UNREADABLE.because(
                            "An Idempotency-Key has 1 to 200 characters, of ASCII, no blank."),
                    request,
                    response);
        } else if (body.length > MOST_BYTES) {
            refusals.tell(
                    Problem.TOO_LARGE.because("With an Idempotency-Key at most 1 MB is sent. An SBOM or a VEX document"
                            + " needs none: the same bytes again are the same document."),
                    request,
                    response);
        } else {
            ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
            Optional<ErrorResponseException> refusal =
                    Objects.requireNonNull((request.getHeader("If-Match") == null ? transactions : unchanged)
                            .execute(done -> once(key, new Sent(request, body), kept, chain, done)));
            if (refusal.isEmpty()) {
                kept.copyBodyToResponse();
            } else {
                refusals.tell(refusal.get(), request, response);
            }
        }
    }

    private record Answer(
            byte[] digest,
            int status,
            @Nullable String location,
            @Nullable String contentType,
            String body) {}

    private Optional<ErrorResponseException> once(
            String key,
            Sent sent,
            ContentCachingResponseWrapper kept,
            FilterChain chain,
            TransactionStatus transaction) {
        UUID organisation = Asking.person().organisation();
        byte[] digest = sent.digest();
        boolean first = jdbc.sql("""
                INSERT INTO api_answer (organisation_id, key, digest) VALUES (:organisation, :key, :digest)
                ON CONFLICT DO NOTHING
                """) // waits for who does the same now
                        .param("organisation", organisation)
                        .param("key", key)
                        .param("digest", digest)
                        .update()
                == 1;
        try {
            if (first) {
                chain.doFilter(sent, kept);
                if (kept.getStatus() >= 400) {
                    transaction.setRollbackOnly();
                } else {
                    keep(organisation, key, kept);
                }
                return Optional.empty();
            }
            return again(answer(organisation, key), digest, kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(UUID organisation, String key, ContentCachingResponseWrapper kept) {
        jdbc.sql("""
                UPDATE api_answer SET status = :status, location = :location, content_type = :type, body = :body
                 WHERE organisation_id = :organisation AND key = :key
                """)
                .param("status", kept.getStatus())
                .param("location", kept.getHeader(HttpHeaders.LOCATION))
                .param("type", kept.getContentType())
                .param("body", new String(kept.getContentAsByteArray(), StandardCharsets.UTF_8))
                .param("organisation", organisation)
                .param("key", key)
                .update();
    }

    private Optional<Answer> answer(UUID organisation, String key) {
        return jdbc.sql("""
                SELECT digest, status, location, content_type, body FROM api_answer
                 WHERE organisation_id = :organisation AND key = :key
                """)
                .param("organisation", organisation)
                .param("key", key)
                .query(Answer.class)
                .optional();
    }

    private static Optional<ErrorResponseException> again(
            Optional<Answer> known, byte[] digest, ContentCachingResponseWrapper kept) throws IOException {
        if (known.isEmpty()) { // forgotten this moment
            return Optional.of(Problem.CHANGED_MEANWHILE.because("Send it once more."));
        }
        Answer answer = known.get();
        if (!MessageDigest.isEqual(answer.digest(), digest)) {
            return Optional.of(Problem.NOT_POSSIBLE.because(
                    "This Idempotency-Key came with something else before. Send each call with a key of its own."));
        }
        kept.setStatus(answer.status());
        if (answer.location() != null) {
            kept.setHeader(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.contentType() != null) {
            kept.setContentType(answer.contentType());
        }
        kept.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
        return Optional.empty();
    }

    /// A call whose body was read already.
    private static final class Sent extends SentBody {

        Sent(HttpServletRequest request, byte[] body) {
            super(request, body);
        }

        /// Of all that says what is to be done.
        byte[] digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update((getRequestURI() + "?" + getQueryString() + "\n").getBytes(StandardCharsets.UTF_8));
                return digest.digest(body());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
