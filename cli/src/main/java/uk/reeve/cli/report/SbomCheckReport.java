package uk.reeve.cli.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import uk.reeve.cli.schema.Flaw;
import uk.reeve.cli.schema.Validation;
import uk.reeve.engine.quality.MinimumElements;
import uk.reeve.engine.quality.MinimumElements.Body;
import uk.reeve.engine.quality.Presence;
import uk.reeve.engine.quality.Score;
import uk.reeve.engine.sbom.Problem;
import uk.reeve.engine.sbom.Sbom;

/// What `reeve sbom check` has to say.
///
/// @param file as the person named it
public record SbomCheckReport(
        String file,
        Sbom sbom,
        Validation validation,
        List<MinimumElements.Line> elements,
        Score score,
        Required required) {

    /// What `--format` takes, the usual one first.
    public static final List<String> NAMES = List.of("table", "json");

    private static final int MOST_LINES = 20;

    /// What was asked for.
    ///
    /// @param score at least; 0 for none
    public record Required(int score, boolean valid) {}

    /// What it falls short of; null where of nothing.
    public @Nullable String shortcoming() {
        if (required.valid && !(validation instanceof Validation.Valid)) {
            return (validation instanceof Validation.NotDone ? "nobody knows whether it is valid" : "it is not valid")
                    + " (--require valid)";
        }
        return score.points() < required.score
                ? "the score is below " + required.score + " (--require " + required.score + ")"
                : null;
    }

    /// Writes it in one format.
    public void write(String format, Look look, OutputStream out) throws IOException {
        if (format.equals("json")) {
            json(out);
        } else {
            table(look, out);
        }
    }

    /// A line a flaw: `file:line: path: reason`, and one that counts the rest.
    public static List<String> flaws(Validation validation, String file, boolean all) {
        List<String> lines = new ArrayList<>();
        if (validation instanceof Validation.Invalid invalid) {
            for (Flaw flaw : invalid.flaws()) {
                lines.add(place(file, flaw.line()) + ": "
                        + (flaw.path().isEmpty() ? "" : flaw.path() + ": ")
                        + flaw.reason());
            }
        }
        return first(lines, all);
    }

    private static List<String> first(List<String> lines, boolean all) {
        if (all || lines.size() <= MOST_LINES) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, MOST_LINES));
        first.add("and " + Text.count(lines.size() - MOST_LINES) + " more: --verbose shows all");
        return first;
    }

    private static String place(String file, int line) {
        return line == 0 ? file : file + ":" + line;
    }

    private void table(Look look, OutputStream out) throws IOException {
        Page page = new Page(look);
        page.paragraph(verdict(), 0);
        flaws(validation, file, look.verbose()).forEach(line -> page.paragraph(line, 2));
        List<String> warnings = new ArrayList<>();
        for (Problem warning : sbom.warnings()) {
            warnings.add(place(file, warning.line()) + ": " + warning.message());
        }
        if (!warnings.isEmpty()) {
            page.gap();
            page.line(Page.FAINT, "Read with " + Text.count(warnings.size(), "warning", "warnings"));
            first(warnings, look.verbose()).forEach(line -> page.paragraph(line, 2));
        }
        page.gap();
        Columns columns = new Columns(page, 32, 24, 16, 60);
        columns.row(Page.FAINT, "Minimum element", "", "Asked for by", "");
        for (MinimumElements.Line line : elements) {
            boolean there = line.presence() instanceof Presence.There;
            columns.row(there ? "" : Page.BOLD, line.name(), words(line.presence()), asked(line), line.mend());
        }
        columns.print();
        page.gap();
        page.paragraph(
                "NTIA: The Minimum Elements For an SBOM, 2021. CISA: its draft of 22 August 2025. BSI: TR-03183-2"
                        + " 2.1.0.",
                2);
        page.gap();
        page.line(Page.BOLD, "Score: " + score.points() + " of 100");
        Columns parts = new Columns(page, 10, 60, 40);
        for (Score.Part part : score.parts()) {
            parts.row("", part.points() + " of " + part.of(), part.check(), part.seen());
        }
        parts.print();
        if (!score.usable()) {
            page.gap();
            page.paragraph(
                    "Cannot be used for exposure: fewer than 40 % of its components have a package identity and a"
                            + " version. That nothing is found in it says nothing.",
                    0);
        }
        String shortcoming = shortcoming();
        if (shortcoming != null) {
            page.gap();
            page.line(Page.RED, "Failed: " + shortcoming + ".");
        }
        page.writeTo(out);
    }

    private String verdict() {
        int lacking = 0;
        int unseen = 0;
        for (MinimumElements.Line line : elements) {
            unseen += line.presence() instanceof Presence.NotLookedAt ? 1 : 0;
            lacking += line.presence() instanceof Presence.There ? 0 : 1;
        }
        lacking -= unseen;
        String elements = lacking == 0
                ? unseen == 0
                        ? "It has all minimum elements."
                        : "It has the minimum elements that were looked at; " + Text.count(unseen) + " were not."
                : Text.count(lacking) + " of " + this.elements.size() + " minimum elements are not there, or not of all"
                        + " components.";
        return switch (validation) {
            case Validation.Valid valid -> "Valid by the schema of " + valid.schema() + ". " + elements;
            case Validation.Invalid invalid ->
                "Not valid by the schema of " + invalid.schema() + ": "
                        + Text.count(invalid.flaws().size(), "flaw", "flaws") + ". " + elements;
            case Validation.NotDone not ->
                sbom.format() + " " + sbom.specVersion() + " (" + sbom.encoding() + "), not held against a schema: "
                        + not.why() + ". " + elements;
        };
    }

    private static String words(Presence presence) {
        return switch (presence) {
            case Presence.There _ -> "there";
            case Presence.Partly partly ->
                "partly (" + Text.count(partly.with()) + " of " + Text.count(partly.of()) + ")";
            case Presence.Missing _ -> "missing";
            case Presence.Unwanted unwanted -> "there are " + Text.count(unwanted.count());
            case Presence.NotLookedAt _ -> "not looked at";
        };
    }

    private static String asked(MinimumElements.Line line) {
        List<String> words = new ArrayList<>(3);
        for (Body body : Body.values()) {
            if (line.asked().contains(body)) {
                words.add(body.word());
            }
        }
        return String.join(", ", words);
    }

    private void json(OutputStream out) {
        try (JsonGenerator json = Json.to(out)) {
            json.writeStartObject();
            json.writeStringProperty("format", "reeve-sbom-check/1");
            json.writeStringProperty("file", file);
            json.writeStringProperty("sbom", sbom.format() + " " + sbom.specVersion() + " (" + sbom.encoding() + ")");
            validation(json);
            json.writeArrayPropertyStart("warnings");
            for (Problem warning : sbom.warnings()) {
                json.writeStartObject();
                line(json, warning.line());
                json.writeStringProperty("message", warning.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("elements");
            elements.forEach(line -> element(json, line));
            json.writeEndArray();
            score(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void line(JsonGenerator json, int line) {
        if (line > 0) {
            json.writeNumberProperty("line", line);
        }
    }

    private void validation(JsonGenerator json) {
        json.writeObjectPropertyStart("validation");
        switch (validation) {
            case Validation.Valid valid -> {
                json.writeStringProperty("result", "valid");
                json.writeStringProperty("schema", valid.schema());
            }
            case Validation.NotDone not -> {
                json.writeStringProperty("result", "not-done");
                json.writeStringProperty("why", not.why());
            }
            case Validation.Invalid invalid -> {
                json.writeStringProperty("result", "invalid");
                json.writeStringProperty("schema", invalid.schema());
                json.writeArrayPropertyStart("flaws");
                for (Flaw flaw : invalid.flaws()) {
                    json.writeStartObject();
                    line(json, flaw.line());
                    Json.text(json, "path", flaw.path());
                    json.writeStringProperty("reason", flaw.reason());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
        }
        json.writeEndObject();
    }

    private static void element(JsonGenerator json, MinimumElements.Line line) {
        json.writeStartObject();
        json.writeStringProperty("name", line.name());
        switch (line.presence()) {
            case Presence.There _ -> json.writeStringProperty("state", "there");
            case Presence.Missing _ -> json.writeStringProperty("state", "missing");
            case Presence.NotLookedAt _ -> json.writeStringProperty("state", "not-looked-at");
            case Presence.Unwanted unwanted -> {
                json.writeStringProperty("state", "unwanted");
                json.writeNumberProperty("count", unwanted.count());
            }
            case Presence.Partly partly -> {
                json.writeStringProperty("state", "partly");
                json.writeNumberProperty("with", partly.with());
                json.writeNumberProperty("of", partly.of());
            }
        }
        json.writeArrayPropertyStart("askedBy");
        for (Body body : Body.values()) {
            if (line.asked().contains(body)) {
                json.writeString(body.title());
            }
        }
        json.writeEndArray();
        Json.text(json, "mend", line.mend());
        json.writeEndObject();
    }

    private void score(JsonGenerator json) {
        json.writeObjectPropertyStart("score");
        json.writeNumberProperty("points", score.points());
        json.writeNumberProperty("of", 100);
        json.writeBooleanProperty("usableForExposure", score.usable());
        json.writeArrayPropertyStart("parts");
        for (Score.Part part : score.parts()) {
            json.writeStartObject();
            json.writeStringProperty("check", part.check());
            json.writeNumberProperty("points", part.points());
            json.writeNumberProperty("of", part.of());
            json.writeStringProperty("seen", part.seen());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
