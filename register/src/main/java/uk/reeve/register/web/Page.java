package uk.reeve.register.web;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.RequestContextUtils;

/// A page to show: what a controller returns. The template takes `Frame frame` and, where there is one, `model`.
///
/// @param template without ending: `estate/systems` is `estate/systems.jte`
/// @param open whether a browser may keep it; no page that shows what only some may see
public record Page(String template, @Nullable Object model, HttpStatus status, boolean open) implements View {

    public static Page of(String template, Object model) {
        return new Page(template, model, HttpStatus.OK, false);
    }

    /// A page that needs nothing but its frame.
    public static Page of(String template) {
        return new Page(template, null, HttpStatus.OK, false);
    }

    public Page status(HttpStatus other) {
        return new Page(template, model, other, open);
    }

    /// The same page, which shows everybody the same and may be kept by a browser, to be asked for again before use.
    public Page forEverybody() {
        return new Page(template, model, status, true);
    }

    @Override
    public String getContentType() {
        return "text/html;charset=UTF-8";
    }

    /// Written whole before anything is sent, so that a fault in a template is still told as one.
    @Override
    public void render(@Nullable Map<String, ?> ignored, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        ApplicationContext context =
                Objects.requireNonNull(RequestContextUtils.findWebApplicationContext(request), "no context");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("frame", context.getBean(Frames.class).of(request, !status.isError()));
        if (model != null) {
            parameters.put("model", model);
        }
        Utf8ByteOutput html = new Utf8ByteOutput();
        context.getBean(TemplateEngine.class).render(template + ".jte", parameters, html);
        response.setStatus(status.value());
        if (open) {
            response.setHeader("Cache-Control", "private, no-cache");
        }
        response.setContentType(getContentType());
        response.setContentLength(html.getContentLength());
        html.writeTo(response.getOutputStream());
    }
}
