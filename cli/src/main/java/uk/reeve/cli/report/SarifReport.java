package uk.reeve.cli.report;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.support.Standing;

/// SARIF 2.1.0: a rule for each flaw, a result for each component and file in which it is. A result keeps its
/// fingerprint when versions, lines, other findings or the folder of the checkout change.
///
/// Source: OASIS SARIF 2.1.0.
public final class SarifReport {

    private final Report report;
    private final JsonGenerator json;

    private SarifReport(Report report, JsonGenerator json) {
        this.report = report;
        this.json = json;
    }

    public static void write(Report report, OutputStream out) {
        try (JsonGenerator json = Json.to(out)) {
            new SarifReport(report, json).write();
            json.writeRaw('\n');
        }
    }

    private void write() {
        TreeMap<String, Finding> rules = new TreeMap<>();
        for (Report.Row row : report.rows()) {
            for (Report.Judged judged : row.findings()) {
                rules.merge(judged.finding().id(), judged.finding(), (a, b) -> b.score() > a.score() ? b : a);
            }
        }
        List<String> ids = List.copyOf(rules.keySet());
        json.writeStartObject();
        json.writeStringProperty("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "Reeve");
        json.writeStringProperty("version", report.maker());
        json.writeArrayPropertyStart("rules");
        for (Finding finding : rules.values()) {
            rule(finding);
        }
        for (Report.Lapse lapse : report.lapses()) {
            rule(lapse.standing());
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        invocation();
        json.writeStringProperty("columnKind", "utf16CodeUnits");
        json.writeArrayPropertyStart("results");
        for (Report.Row row : report.rows()) {
            for (Report.Judged judged : row.findings()) {
                results(row, judged, ids.indexOf(judged.finding().id()));
            }
        }
        for (int i = 0; i < report.lapses().size(); i++) {
            results(report.lapses().get(i), ids.size() + i);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void rule(Standing standing) {
        json.writeStartObject();
        json.writeStringProperty("id", standing.id());
        message("shortDescription", "Support of " + standing.title());
        message("fullDescription", SupportWords.sentence(standing, SupportWords.today(report)));
        json.writeStringProperty("helpUri", standing.product().page());
        json.writeObjectPropertyStart("properties");
        Json.texts(json, "tags", List.of("security", "out of support"));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void results(Report.Lapse lapse, int rule) {
        Set<String> files = new LinkedHashSet<>();
        for (Report.Row row : lapse.rows()) {
            for (Place place : row.item().places()) {
                if (files.add(place.file())) {
                    result(lapse, rule, place);
                }
            }
        }
    }

    private void result(Report.Lapse lapse, int rule, Place place) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", lapse.standing().id());
        json.writeNumberProperty("ruleIndex", rule);
        json.writeStringProperty("level", lapse.counts() ? "warning" : "note");
        message(
                "message",
                SupportWords.sentence(lapse.standing(), SupportWords.today(report)) + " Seen as "
                        + SupportWords.seenAs(lapse) + ".");
        location(place);
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("reeve/v1", Fingerprint.of(lapse.standing().id(), place.file()));
        json.writeEndObject();
        if (report.baseline()) {
            json.writeStringProperty("baselineState", lapse.known() ? "unchanged" : "new");
        }
        suppression(lapse.hidden());
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("confidence", SupportWords.confidence(lapse.standing()));
        json.writeStringProperty("support", SupportWords.state(lapse.standing()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void rule(Finding finding) {
        json.writeStartObject();
        json.writeStringProperty("id", finding.id());
        String what = finding.malicious() ? "Malicious package" : "Known flaw";
        message("shortDescription", what + " " + finding.id());
        String others = finding.otherIds().isEmpty() ? "" : " Also known as " + Text.list(finding.otherIds()) + ".";
        String exploited = finding.kev() == null ? "" : " It is known to be exploited.";
        message("fullDescription", what + " " + finding.id() + "." + exploited + others);
        String address = Ids.address(finding.id());
        if (address != null) {
            json.writeStringProperty("helpUri", address);
        }
        json.writeObjectPropertyStart("properties");
        if (finding.score() >= 0) {
            json.writeStringProperty("security-severity", Text.score(finding.score()));
        }
        json.writeStringProperty("severity", finding.severity());
        Json.texts(json, "tags", List.of("security", "vulnerability"));
        json.writeEndObject();
        json.writeEndObject();
    }

    private void message(String name, String text) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", text);
        json.writeEndObject();
    }

    private void invocation() {
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty("executionSuccessful", true);
        json.writeNumberProperty("exitCode", report.exitStatus());
        json.writeStringProperty("endTimeUtc", report.time().toString());
        List<NotLookedAt> ledger = NotLookedAt.of(report);
        if (!ledger.isEmpty()) {
            json.writeArrayPropertyStart("toolExecutionNotifications");
            for (NotLookedAt one : ledger) {
                notification(one);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void notification(NotLookedAt one) {
        json.writeStartObject();
        json.writeStringProperty("level", one.unread() ? "warning" : "note");
        message("message", "Not looked at (" + one.kind() + "): " + one.sentence());
        if (!one.place().file().isEmpty()) {
            location(one.place());
        }
        json.writeEndObject();
    }

    // Readers of SARIF take only the first location, so each file has its own result.
    private void results(Report.Row row, Report.Judged judged, int rule) {
        Set<String> files = new LinkedHashSet<>();
        for (Place place : row.item().places()) {
            if (files.add(place.file())) {
                result(row, judged, rule, place);
            }
        }
        if (files.isEmpty()) {
            result(row, judged, rule, null);
        }
    }

    private void result(Report.Row row, Report.Judged judged, int rule, @Nullable Place place) {
        Finding finding = judged.finding();
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.id());
        json.writeNumberProperty("ruleIndex", rule);
        json.writeStringProperty("level", level(judged));
        message("message", sentence(row, finding));
        if (place != null) {
            location(place);
        }
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty(
                "reeve/v1", Fingerprint.of(finding, row.component(), place == null ? "" : place.file()));
        json.writeEndObject();
        if (report.baseline()) {
            json.writeStringProperty("baselineState", judged.known() ? "unchanged" : "new");
        }
        suppression(judged.hidden());
        json.writeObjectPropertyStart("properties");
        Json.text(
                json,
                "purl",
                row.component().purl() == null ? null : row.component().purl().toString());
        json.writeStringProperty("confidence", finding.confidence() == Confidence.EXACT ? "exact" : "possible");
        json.writeStringProperty("scope", JsonReport.scope(row.component()));
        Json.text(json, "presence", Presence.word(report, row.item()));
        json.writeBooleanProperty("exploited", finding.kev() != null);
        json.writeBooleanProperty("unimportant", finding.unimportant());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String level(Report.Judged judged) {
        Finding finding = judged.finding();
        if (finding.confidence() == Confidence.POSSIBLE || finding.unimportant()) {
            return "note";
        }
        if (finding.malicious() || finding.kev() != null) {
            return "error";
        }
        return switch (finding.severity()) {
            case "critical", "high" -> "error";
            case "low", "none" -> "note";
            default -> "warning";
        };
    }

    private String sentence(Report.Row row, Finding finding) {
        StringBuilder text = new StringBuilder(Sentences.name(row.component()));
        if (row.component().version() != null) {
            text.append(' ').append(row.component().version());
        }
        text.append(finding.malicious() ? " is malicious by " : " is affected by ")
                .append(finding.id());
        text.append(" (")
                .append(Text.severity(finding.score(), finding.severity()))
                .append(").");
        if (row.outcome().move() != null && row.outcome().move().to() != null) {
            text.append(" Move to ").append(row.outcome().move().to()).append('.');
        } else if (!finding.fixedIn().isEmpty()) {
            text.append(" Fixed in ").append(Text.list(finding.fixedIn())).append('.');
        } else {
            text.append(" No fixed version is known.");
        }
        if (!row.item().chain().isEmpty()) {
            text.append(" Comes in by ")
                    .append(String.join(" > ", row.item().chain()))
                    .append('.');
        }
        Presence presence = Presence.of(report, row.item());
        if (presence != null) {
            text.append(" It is ")
                    .append(presence.word())
                    .append(": ")
                    .append(presence.why())
                    .append('.');
        }
        return text.toString();
    }

    private void location(Place place) {
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(place.file()));
        json.writeEndObject();
        json.writeObjectPropertyStart("region"); // a line is needed for the result to be shown
        json.writeNumberProperty("startLine", Math.max(1, place.line()));
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
    }

    /// The path as a relative reference: what a URI does not take is written in percent.
    static String uri(String path) {
        StringBuilder uri = new StringBuilder(path.length());
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (plain || "-._~/!$&'()*+,;=@".indexOf(c) >= 0) {
                uri.append(c);
            } else {
                uri.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return uri.toString();
    }

    private void suppression(Report.@Nullable Hiding hiding) {
        if (hiding == null) {
            return;
        }
        json.writeArrayPropertyStart("suppressions");
        json.writeStartObject();
        json.writeStringProperty("kind", "external");
        json.writeStringProperty("status", "accepted");
        String until = hiding.until() == null ? "" : " until " + hiding.until();
        String reason = hiding.reason().isEmpty() ? hiding.justification() : hiding.reason();
        json.writeStringProperty(
                "justification", hiding.cause().word() + (reason == null ? "" : ": " + reason) + until);
        json.writeEndObject();
        json.writeEndArray();
    }
}
