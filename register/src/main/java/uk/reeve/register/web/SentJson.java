package uk.reeve.register.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// What scripts send as JSON: of a bounded size, and what is wrong with it is told by field or line.
@ControllerAdvice
final class SentJson extends RequestBodyAdviceAdapter {

    static final int MOST_BYTES = 1 << 20;
    static final String TOO_LARGE = "What is sent as JSON has at most 1 MB.";

    /// A body that was read already.
    private record Read(byte[] body, HttpHeaders headers) implements HttpInputMessage {

        @Override
        public ByteArrayInputStream getBody() {
            return new ByteArrayInputStream(body);
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }

    @Override
    public boolean supports(
            MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converterType) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage sent,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converterType)
            throws IOException {
        byte[] body = sent.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw Problem.TOO_LARGE.because(TOO_LARGE);
        }
        return new Read(body, sent.getHeaders());
    }

    /// No word of the library's, which names classes.
    static ErrorResponseException problem(JacksonException unreadable) {
        if (!(unreadable instanceof DatabindException) || unreadable.getPath().isEmpty()) {
            int line = unreadable.getLocation() == null
                    ? 0
                    : unreadable.getLocation().getLineNr();
            return Problem.REQUEST_UNREADABLE.because(
                    line > 0 ? "The JSON cannot be read: look at line " + line + "." : "The JSON cannot be read.");
        }
        String detail = detail(unreadable);
        ErrorResponseException refusal = Problem.REQUEST_UNREADABLE.because(detail + ".");
        String pointer = unreadable.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(Collectors.joining());
        refusal.getBody().setProperty("errors", List.of(Problem.error(pointer, detail)));
        return refusal;
    }

    private static String detail(JacksonException unreadable) {
        String field = field(unreadable);
        return switch (unreadable) {
            case UnrecognizedPropertyException unknown ->
                "There is no field " + field + " here. There are "
                        + Objects.requireNonNull(unknown.getKnownPropertyIds()).stream()
                                .map(String::valueOf)
                                .sorted()
                                .collect(Collectors.joining(", "));
            case InvalidFormatException wrong
            when wrong.getTargetType() == LocalDate.class -> "Write " + field + " like 2027-03-27";
            default -> "What is sent as " + field + " is of another kind than expected";
        };
    }

    private static String field(JacksonException unreadable) {
        @Nullable String last = unreadable.getPath().getLast().getPropertyName();
        return last == null ? "an entry" : last.substring(0, Math.min(100, last.length()));
    }
}
