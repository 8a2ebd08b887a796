package uk.reeve.register.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// Below `/api/`: what is read has an entity tag, the digest of its bytes, and need not be sent to who has
/// it already (304). What is written with `If-Match` is written only if it is still what that tag says
/// (412).
///
/// The state that is compared and the write are one transaction on one snapshot: who changes the same row
/// meanwhile, by a page too, makes the write fail.
@Component
final class EntityTags extends OncePerRequestFilter {

    private final ObjectProvider<DispatcherServlet> register;
    private final ObjectProvider<PlatformTransactionManager> transactions;
    private final Refusals refusals;

    EntityTags(
            ObjectProvider<DispatcherServlet> register,
            ObjectProvider<PlatformTransactionManager> transactions,
            Refusals refusals) {
        this.register = register;
        this.transactions = transactions;
        this.refusals = refusals;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/")
                || !request.getMethod().equals("GET") && request.getHeader(HttpHeaders.IF_MATCH) == null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper kept = new ContentCachingResponseWrapper(response);
        if (request.getMethod().equals("GET")) {
            chain.doFilter(request, kept);
            if (kept.getStatus() == HttpStatus.OK.value()
                    && new ServletWebRequest(request, response).checkNotModified(tag(kept))) {
                return;
            }
        } else if (!written(request, kept, chain)) {
            refusals.tell(Problem.NOT_WHAT_YOU_READ.because(""), request, response);
            return;
        }
        kept.copyBodyToResponse();
    }

    /// @return false where it is not what the tag says
    private boolean written(HttpServletRequest request, ContentCachingResponseWrapper kept, FilterChain chain) {
        TransactionTemplate snapshot = new TransactionTemplate(transactions.getObject());
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        return Boolean.TRUE.equals(snapshot.execute(transaction -> {
            try {
                if (!matches(request, kept)) {
                    return false;
                }
                chain.doFilter(request, kept);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ServletException e) {
                throw new IllegalStateException(e);
            }
            if (kept.getStatus() >= 400) {
                transaction.setRollbackOnly();
            }
            return true;
        }));
    }

    /// What is not there for who asks is left to the endpoint to refuse.
    private boolean matches(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ContentCachingResponseWrapper now = new ContentCachingResponseWrapper(response);
        register.getObject().service(new Read(request), now);
        int status = now.getStatus();
        response.setStatus(HttpStatus.OK.value());
        return status == HttpStatus.NOT_FOUND.value()
                || status == HttpStatus.OK.value() && !new ServletWebRequest(request).checkNotModified(tag(now));
    }

    private static String tag(ContentCachingResponseWrapper kept) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(kept.getContentAsByteArray());
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same address, read.
    private static final class Read extends HttpServletRequestWrapper {

        Read(HttpServletRequest request) {
            super(request);
        }

        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public ServletInputStream getInputStream() {
            throw new IllegalStateException("what is read has no body");
        }
    }
}
