package uk.reeve.register.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/// Says of a form with too large a file that it is too large, before anything looks for the form's token in it
/// and finds none: the container reads no field of such a form.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
final class LargeUploads extends OncePerRequestFilter {

    private final long most;
    private final Refusals refusals;

    LargeUploads(@Value("${spring.servlet.multipart.max-request-size}") DataSize most, Refusals refusals) {
        this.most = most.toBytes();
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String type = request.getContentType();
        boolean form = type != null && type.toLowerCase(java.util.Locale.ROOT).startsWith("multipart/");
        if (form && request.getContentLengthLong() > most) {
            refusals.tooLarge(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
