package uk.reeve.register.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// GOV.UK Frontend as it may be used elsewhere: its font, the crown and its own images are reserved, and taken out of
/// the prebuilt files (RULINGS 34). A newer version that brings others of them stops the start, not the reader's trust.
final class GovukFrontend {

    private static final String FOLDER = "/META-INF/resources/webjars/govuk-frontend/5.14.0/dist/govuk/";
    private static final String FONT = "system-ui,arial,sans-serif";
    private static final List<String> RESERVED = List.of("gds transport", "crown", "gov.uk", "url(", "@font-face");

    private GovukFrontend() {}

    /// @throws IllegalStateException where something reserved is left
    static String css() {
        String css = read(FOLDER + "govuk-frontend.min.css")
                .replaceAll("(?s)/\\*.*?\\*/", "")
                .replaceAll("@font-face\\{[^}]*}", "")
                .replaceAll("[^{}]*(?:crown|copyright-logo|licence-logo|logotype)[^{}]*\\{[^{}]*}", "")
                .replace("GDS Transport,arial,sans-serif", FONT);
        for (String reserved : RESERVED) {
            if (css.toLowerCase(Locale.ROOT).contains(reserved)) {
                throw new IllegalStateException("GOV.UK Frontend's style sheet still holds \"" + reserved + "\"");
            }
        }
        return css;
    }

    /// A module; `GOV.UK Frontend` stands in it as the library's own name, in messages to developers.
    static String javascript() {
        return read(FOLDER + "govuk-frontend.min.js").replaceAll("(?m)//# sourceMappingURL=.*$", "");
    }

    static String read(String resource) {
        try (InputStream in = GovukFrontend.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
