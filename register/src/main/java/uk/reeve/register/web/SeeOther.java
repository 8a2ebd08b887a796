package uk.reeve.register.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.RequestContextUtils;

/// Where a form leads once it is done (303), and what the next page says was done.
///
/// @param path on this site; begins with one slash
/// @param done one sentence for the green banner, shown once
public record SeeOther(String path, @Nullable String done) implements View {

    public SeeOther {
        if (!path.startsWith("/") || path.startsWith("//") || path.startsWith("/\\")) {
            throw new IllegalArgumentException("leads off this site: " + path);
        }
    }

    public static SeeOther to(String path) {
        return new SeeOther(path, null);
    }

    public SeeOther saying(String sentence) {
        return new SeeOther(path, sentence);
    }

    @Override
    public void render(@Nullable Map<String, ?> ignored, HttpServletRequest request, HttpServletResponse response) {
        if (done != null) {
            RequestContextUtils.getOutputFlashMap(request).put(Frames.DONE, done);
            RequestContextUtils.saveOutputFlashMap(path, request, response);
        }
        response.setStatus(HttpStatus.SEE_OTHER.value());
        response.setHeader("Location", path);
    }
}
