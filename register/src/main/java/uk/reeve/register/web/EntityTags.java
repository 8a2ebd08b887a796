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
import org.jspecify.annotations.Nullable;
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
        } else {
            SentBody sent = whole(request, response);
            if (sent == null) {
                return;
            }
            if (!written(sent, kept, chain)) {
                refusals.tell(Problem.NOT_WHAT_YOU_READ.because(""), request, response);
                return;
            }
        }
        kept.copyBodyToResponse();
    }

    /// All of what is sent, before anything of the database's is taken: who sends slowly keeps nobody waiting.
    ///
    /// @return null where that was refused
    private @Nullable SentBody whole(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            SentBody sent = SentBody.of(request, SentJson.MOST_BYTES).orElse(null);
            if (sent == null) {
                refusals.tell(Problem.TOO_LARGE.because(SentJson.TOO_LARGE), request, response);
            }
            return sent;
        } catch (IOException e) {
            refusals.tell(Problem.REQUEST_UNREADABLE.because("What was sent broke off."), request, response);
            return null;
        }
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

    /// By the tag of the address that is written or, where that cannot be read (a system's release), of what it is part
    /// of. What is not there for who asks is left to the endpoint to refuse.
    private boolean matches(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        ContentCachingResponseWrapper now = read(request, response, path);
        while (now.getStatus() == HttpStatus.METHOD_NOT_ALLOWED.value() && path.length() > "/api/".length()) {
            path = path.substring(0, path.lastIndexOf('/'));
            now = read(request, response, path);
        }
        int status = now.getStatus();
        response.setStatus(HttpStatus.OK.value());
        response.setHeader(HttpHeaders.ALLOW, null);
        return status == HttpStatus.NOT_FOUND.value()
                || status == HttpStatus.OK.value() && !new ServletWebRequest(request).checkNotModified(tag(now));
    }

    private ContentCachingResponseWrapper read(HttpServletRequest request, HttpServletResponse response, String path)
            throws ServletException, IOException {
        response.setStatus(HttpStatus.OK.value()); // what was read before left its own
        ContentCachingResponseWrapper now = new ContentCachingResponseWrapper(response);
        register.getObject().service(new Read(request, path), now);
        return now;
    }

    private static String tag(ContentCachingResponseWrapper kept) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(kept.getContentAsByteArray());
            return '"' + HexFormat.of().formatHex(digest, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// An address, read by who writes.
    private static final class Read extends HttpServletRequestWrapper {

        private final String path;

        Read(HttpServletRequest request, String path) {
            super(request);
            this.path = path;
        }

        @Override
        public String getRequestURI() {
            return path;
        }

        @Override
        public String getServletPath() {
            return path;
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
