package uk.reeve.register.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.apache.tomcat.util.http.fileupload.InvalidFileNameException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Tells of each refusal and fault: as a problem (RFC 9457) below `/api/`, as a page elsewhere, in the same words.
/// What is not there and what must not be known of gives the same bytes; no message of a library's gets out.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class Refusals implements HandlerExceptionResolver, HttpRequestHandler, ErrorController {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{32,}");

    private final JsonMapper json;

    Refusals(JsonMapper json) {
        this.json = json;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (response.isCommitted() // half an answer is out: the connection breaks, the log tells
                || exception instanceof AccessDeniedException
                || exception instanceof AuthenticationException) { // sign-in's own filter answers these
            return null;
        }
        ProblemDetail problem = problem(exception);
        if (exception instanceof ErrorResponse refusal) {
            refusal.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        }
        if (away(exception)) {
            tellAway(request.getMethod(), request.getRequestURI(), exception);
        } else if (problem.getStatus() >= 500) {
            LOG.error("{} {} failed", request.getMethod(), masked(request.getRequestURI()), exception);
        }
        return new ModelAndView(view(problem, request.getRequestURI()));
    }

    /// Without what lets somebody in: the end of an invitation's address (RULINGS 28).
    static String masked(@Nullable String path) {
        return path == null ? "" : SECRET.matcher(path).replaceAll("…");
    }

    /// What went wrong outside of any page: in a filter, in the container, in a template. Nobody comes here by address.
    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Integer status = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        String path = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Problem problem = status == null ? Problem.NOT_FOUND : Problem.of(HttpStatusCode.valueOf(status));
        switch (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION)) {
            case InvalidParameterException broken ->
                problem = Problem.of(HttpStatusCode.valueOf(broken.getErrorCode()));
            case SocketTimeoutException _ -> problem = Problem.TOO_SLOW;
            // a NUL in a file's name; a body that broke off
            case InvalidFileNameException _, IOException _ -> problem = Problem.REQUEST_UNREADABLE;
            case Throwable fault
            when away(fault) -> {
                problem = Problem.UNAVAILABLE;
                tellAway(request.getMethod(), path, fault);
            }
            case QueryTimeoutException slow -> { // who asks could not be found out in time
                problem = Problem.UNAVAILABLE;
                LOG.error("{} {} failed", request.getMethod(), masked(path), slow);
            }
            case Throwable fault -> LOG.error("{} {} failed", request.getMethod(), masked(path), fault);
            case null, default -> {
                // the status says it
            }
        }
        show(problem.because("").getBody(), path == null ? request.getRequestURI() : path, request, response);
    }

    /// Answers with a refusal where no controller was reached.
    public void tell(ErrorResponseException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        show(refusal.getBody(), request.getRequestURI(), request, response);
    }

    private void show(ProblemDetail problem, String path, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            view(problem, path).render(Map.of(), request, response);
        } catch (Exception e) {
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    /// A file that is larger than any that is taken.
    void tooLarge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(
                Problem.TOO_LARGE
                        .because(
                                "The file is larger than 200 MB. Nothing of it was kept. Go back and choose a smaller one.")
                        .getBody(),
                request.getRequestURI(),
                request,
                response);
    }

    /// Whether the database could not be reached, has no connection left or no room: sent again later, it may be done.
    private static boolean away(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof TransactionException || cause instanceof DataAccessResourceFailureException) {
                return true;
            }
        }
        return false;
    }

    /// In one line: while it lasts, each request ends so.
    private static void tellAway(String method, @Nullable String path, Throwable fault) {
        LOG.error(
                "{} {} failed: {}",
                method,
                masked(path),
                NestedExceptionUtils.getMostSpecificCause(fault).getMessage());
    }

    private static ProblemDetail problem(Exception exception) {
        if (exception instanceof ErrorResponse refusal) {
            ProblemDetail body = refusal.getBody();
            boolean ours = body.getType() != null && body.getType().getPath().startsWith("/problems/");
            return ours ? body : Problem.of(refusal.getStatusCode()).because("").getBody();
        }
        if (exception instanceof InvalidParameterException broken) { // a broken escape, or too much in a form
            return Problem.of(HttpStatusCode.valueOf(broken.getErrorCode()))
                    .because("")
                    .getBody();
        }
        if (exception instanceof HttpMessageConversionException
                && exception.getCause() instanceof JacksonException unreadable) {
            return SentJson.problem(unreadable).getBody();
        }
        Problem problem =
                switch (exception) {
                    case DuplicateKeyException _, PessimisticLockingFailureException _ -> Problem.CHANGED_MEANWHILE;
                    case DataAccessException refused when noText(refused) -> Problem.REQUEST_UNREADABLE;
                    case MaxUploadSizeExceededException _ -> Problem.TOO_LARGE;
                    case TypeMismatchException _,
                            HttpMessageConversionException _,
                            MultipartException _,
                            InvalidFileNameException _ -> Problem.REQUEST_UNREADABLE;
                    case QueryTimeoutException _ -> Problem.QUERY_TOO_SLOW;
                    case Exception fault when away(fault) -> Problem.UNAVAILABLE;
                    default -> Problem.FAULT;
                };
        return problem.because("").getBody();
    }

    /// A NUL, which no text of PostgreSQL's holds (22021), or half a character.
    private static boolean noText(DataAccessException refused) {
        return refused.getMostSpecificCause() instanceof SQLException sql && "22021".equals(sql.getSQLState());
    }

    private View view(ProblemDetail problem, String path) {
        return path.startsWith("/api/")
                ? (model, request, response) -> write(problem, response)
                : Page.of("web/problem", problem).status(HttpStatus.valueOf(problem.getStatus()));
    }

    private void write(ProblemDetail problem, HttpServletResponse response) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", Objects.toString(problem.getType()));
        body.put("title", Objects.toString(problem.getTitle()));
        body.put("status", problem.getStatus());
        body.put("detail", Objects.toString(problem.getDetail()));
        if (problem.getProperties() != null) {
            body.putAll(problem.getProperties());
        }
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(problem.getStatus());
        response.setContentType("application/problem+json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
