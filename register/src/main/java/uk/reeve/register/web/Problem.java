package uk.reeve.register.web;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/// Every reason the register refuses a request: one entry, one stable URI.
public enum Problem {
    REQUEST_UNREADABLE(HttpStatus.BAD_REQUEST, "The request cannot be read", "Check it and send it again."),
    NOT_SIGNED_IN(HttpStatus.UNAUTHORIZED, "You are not signed in", "Sign in, or send an API key."),
    ROLE_TOO_SMALL(HttpStatus.FORBIDDEN, "You need another role", "An administrator of your organisation can give it."),
    NOT_READABLE_YET(HttpStatus.FORBIDDEN, "You cannot read this yet", "Ask who holds it."),
    FORM_TOO_OLD(
            HttpStatus.FORBIDDEN,
            "You cannot do this",
            "The page you came from may be too old. Go back, load it again and try once more."),
    /// Of what is not there, and of what the asker must not know of: the same words.
    NOT_FOUND(
            HttpStatus.NOT_FOUND,
            "Page not found",
            "If you typed or pasted the address, check it. It may be something you cannot see."),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This address does not do that", "Read how it is called."),
    NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "There is no such form of this", "Ask for one that is offered."),
    TOO_SLOW(
            HttpStatus.REQUEST_TIMEOUT,
            "This came too slowly",
            "Nothing of it was kept. Send it again by a faster connection."),
    CHANGED_MEANWHILE(HttpStatus.CONFLICT, "Someone changed this meanwhile", "Load it again and look before you save."),
    NOT_WHAT_YOU_READ(
            HttpStatus.PRECONDITION_FAILED,
            "It is not what you read",
            "Someone changed it meanwhile. Read it again, look, and send it with its new entity tag."),
    TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "This is too large", "Send less at once."),
    UNSUPPORTED_FORM(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This form cannot be read", "Send one that is listed."),
    NOT_POSSIBLE(HttpStatus.UNPROCESSABLE_CONTENT, "This cannot be done", "Change what you sent."),
    SBOM_UNREADABLE(HttpStatus.UNPROCESSABLE_CONTENT, "The SBOM cannot be read", "Export it again."),
    SBOM_OF_ANOTHER(
            HttpStatus.CONFLICT, "The SBOM is of something else", "Send it with accept-name=true if it is right."),
    TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "You asked too often", "Wait a minute and try again."),
    FAULT(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Sorry, there is a problem with the service",
            "Try again later. Nothing of what you just sent was saved."),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The service cannot answer now", "Try again in a few minutes."),
    QUERY_TOO_SLOW(
            HttpStatus.GATEWAY_TIMEOUT, "This search took too long", "Narrow it to one ecosystem or one supplier.");

    private final HttpStatus status;
    private final String title;
    private final String usual;

    Problem(HttpStatus status, String title, String usual) {
        this.status = status;
        this.title = title;
        this.usual = usual;
    }

    public HttpStatus status() {
        return status;
    }

    /// @param detail what was wrong, where, and what to do next; safe to show to anyone who asked; empty: the
    /// usual words
    public ErrorResponseException because(String detail) {
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail.isBlank() ? usual : detail);
        body.setType(URI.create("/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-')));
        body.setTitle(title);
        return new ErrorResponseException(status, body, null);
    }

    /// Names each field that was refused to who sent JSON: `errors`, as in RFC 9457.
    public static ErrorResponseException in(Form form) {
        ErrorResponseException refusal =
                NOT_POSSIBLE.because(form.errors().values().stream().collect(Collectors.joining(". ", "", ".")));
        refusal.getBody()
                .setProperty(
                        "errors",
                        form.errors().entrySet().stream()
                                .map(error -> error("/" + error.getKey(), error.getValue()))
                                .toList());
        return refusal;
    }

    /// @param pointer a JSON pointer into what was sent
    static Map<String, String> error(String pointer, String detail) {
        return Map.of("pointer", "#" + pointer, "detail", detail);
    }

    /// The problem behind a status that the framework or the container chose.
    static Problem of(HttpStatusCode status) {
        for (Problem problem : new Problem[] {FORM_TOO_OLD, NOT_POSSIBLE}) { // these statuses have several
            if (problem.status.equals(status)) {
                return problem;
            }
        }
        for (Problem problem : values()) {
            if (problem.status.equals(status)) {
                return problem;
            }
        }
        return status.is4xxClientError() ? REQUEST_UNREADABLE : FAULT;
    }
}
