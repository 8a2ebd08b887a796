package uk.reeve.cli.report;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import uk.reeve.engine.index.SourceState;
import uk.reeve.engine.match.Confidence;
import uk.reeve.engine.match.Finding;
import uk.reeve.engine.match.Outcome;
import uk.reeve.engine.match.Rating;
import uk.reeve.engine.match.Reason;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Place;
import uk.reeve.engine.support.Cycle;
import uk.reeve.engine.support.Standing;
import uk.reeve.scanner.Inventory;
import uk.reeve.scanner.archive.Layer;
import uk.reeve.scanner.archive.Platform;

/// Everything that a scan has to say, for machines; `--baseline` and `diff` read it back. Its shape is
/// `docs/reference/report.schema.json`; a field is added in later versions, never changed.
public final class JsonReport {

    static final String FORMAT = "reeve-report/1";

    private final Report report;
    private final Summary summary;
    private final JsonGenerator json;

    private JsonReport(Report report, JsonGenerator json) {
        this.report = report;
        this.summary = Summary.of(report);
        this.json = json;
    }

    public static void write(Report report, OutputStream out) {
        try (JsonGenerator json = Json.to(out)) {
            new JsonReport(report, json).write();
            json.writeRaw('\n');
        }
    }

    private void write() {
        json.writeStartObject();
        json.writeStringProperty("format", FORMAT);
        json.writeStringProperty("reeve", report.maker());
        json.writeStringProperty("time", report.time().toString());
        Json.texts(json, "targets", report.targets());
        knowledge();
        summary();
        upgrades();
        json.writeArrayPropertyStart("findings");
        for (Report.Row row : report.rows()) {
            for (Report.Judged judged : row.findings()) {
                finding(row, judged);
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("support");
        for (Report.Lapse lapse : report.lapses()) {
            lapse(lapse);
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("components");
        for (Report.Row row : report.rows()) {
            component(row);
        }
        json.writeEndArray();
        files();
        images();
        ledger();
        Json.texts(json, "notes", report.notes());
        Json.texts(json, "failed", report.failed());
        json.writeNumberProperty("exitStatus", report.exitStatus());
        json.writeEndObject();
    }

    private void knowledge() {
        json.writeObjectPropertyStart("knowledge");
        Json.text(json, "digest", report.knowledge().digest());
        json.writeArrayPropertyStart("sources");
        for (SourceState source : report.knowledge().sources()) {
            json.writeStartObject();
            json.writeStringProperty("name", source.name());
            Json.text(json, "asOf", source.asOf());
            json.writeNumberProperty("records", source.records());
            Json.text(json, "from", source.from());
            Json.text(json, "licence", SourceLicence.of(source.name()));
            json.writeEndObject();
        }
        json.writeEndArray();
        if (report.knowledge().products() > 0) {
            json.writeObjectPropertyStart("support");
            json.writeNumberProperty("products", report.knowledge().products());
            Json.text(json, "asOf", report.knowledge().supportAsOf());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void lapse(Report.Lapse lapse) {
        Standing standing = lapse.standing();
        json.writeStartObject();
        json.writeStringProperty("id", standing.id());
        json.writeStringProperty("title", standing.title());
        json.writeStringProperty("product", standing.product().name());
        json.writeStringProperty("cycle", standing.cycle().name());
        json.writeStringProperty("state", SupportWords.state(standing));
        json.writeStringProperty("confidence", SupportWords.confidence(standing));
        Json.text(json, "released", standing.cycle().releasedDate());
        Json.text(json, "activeSupportEnd", standing.cycle().activeEndDate());
        Json.text(json, "end", standing.cycle().endDate());
        if (!standing.cycle().extendedEndDate().isEmpty()) {
            json.writeObjectPropertyStart("extended");
            Json.text(json, "name", standing.product().extendedName());
            json.writeStringProperty("end", standing.cycle().extendedEndDate());
            json.writeEndObject();
        }
        Json.text(json, "latest", standing.cycle().latest());
        Cycle to = standing.replacement();
        if (to != null) {
            json.writeObjectPropertyStart("moveTo");
            json.writeStringProperty("cycle", to.name());
            Json.text(json, "latest", to.latest());
            Json.text(json, "end", to.endDate());
            json.writeEndObject();
        }
        json.writeStringProperty("page", standing.product().page());
        Json.text(json, "policy", standing.product().policy());
        List<String> components = new ArrayList<>(lapse.rows().size());
        for (Report.Row row : lapse.rows()) {
            components.add(row.component().ref());
        }
        Json.texts(json, "components", components);
        json.writeBooleanProperty("development", lapse.development());
        if (report.baseline()) {
            json.writeBooleanProperty("new", !lapse.known());
        }
        hiding(lapse.hidden());
        json.writeEndObject();
    }

    private void summary() {
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("components", report.rows().size());
        json.writeNumberProperty("lookedAt", summary.lookedAt);
        json.writeNumberProperty("files", report.inventory().files().size());
        json.writeNumberProperty("flaws", summary.flaws.size());
        json.writeNumberProperty("affectedComponents", summary.affected);
        json.writeNumberProperty("upgrades", summary.acts());
        json.writeNumberProperty("closedByUpgrades", summary.closed.size());
        json.writeNumberProperty("developmentFlaws", summary.developmentFlaws.size());
        json.writeNumberProperty("exploited", summary.exploited.size());
        json.writeNumberProperty("maliciousComponents", summary.malicious.size());
        json.writeNumberProperty("possible", size(summary.possible));
        json.writeNumberProperty("unimportant", size(summary.unimportant));
        int ended = 0;
        for (Report.Lapse lapse : report.lapses()) {
            ended += lapse.counts() && !lapse.known() ? 1 : 0;
        }
        json.writeNumberProperty("outOfSupport", ended);
        json.writeNumberProperty("inBaseline", summary.known);
        Map<String, Integer> hidden = new LinkedHashMap<>();
        for (Report.HiddenCount count : report.hiding()) {
            hidden.put(count.cause().word(), count.findings());
        }
        json.writeObjectPropertyStart("hidden");
        for (Map.Entry<String, Integer> entry : hidden.entrySet()) {
            json.writeNumberProperty(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static int size(List<Upgrade> group) {
        int findings = 0;
        for (Upgrade upgrade : group) {
            findings += upgrade.findings().size() * (1 + upgrade.also().size());
        }
        return findings;
    }

    private void upgrades() {
        json.writeArrayPropertyStart("upgrades");
        for (List<Upgrade> group : List.of(summary.malicious, summary.upgrades, summary.unfixed, summary.development)) {
            for (Upgrade upgrade : group) {
                upgrade(upgrade);
            }
        }
        json.writeEndArray();
    }

    private void upgrade(Upgrade upgrade) {
        json.writeStartObject();
        identity(upgrade.row().component());
        List<String> also = new ArrayList<>();
        for (Report.Row row : upgrade.also()) {
            also.add(row.component().ref());
        }
        Json.texts(json, "also", also);
        Json.text(json, "to", upgrade.to());
        Json.text(json, "above", upgrade.above());
        json.writeBooleanProperty("major", upgrade.major());
        json.writeBooleanProperty("development", upgrade.row().development());
        Json.texts(json, upgrade.target().isEmpty() ? "open" : "closes", Sentences.ids(upgrade));
        json.writeEndObject();
    }

    private void identity(Component component) {
        json.writeStringProperty("component", component.ref());
        json.writeStringProperty("name", Sentences.name(component));
        Json.text(json, "version", component.version());
        Json.text(
                json, "purl", component.purl() == null ? null : component.purl().toString());
    }

    private void finding(Report.Row row, Report.Judged judged) {
        Finding finding = judged.finding();
        json.writeStartObject();
        json.writeStringProperty("id", finding.id());
        Json.texts(json, "otherIds", finding.otherIds());
        identity(row.component());
        json.writeStringProperty("fingerprint", Fingerprint.of(finding, row.component(), ""));
        json.writeStringProperty("confidence", finding.confidence() == Confidence.EXACT ? "exact" : "possible");
        json.writeStringProperty("severity", finding.severity());
        if (finding.score() >= 0) {
            json.writeNumberProperty("score", finding.score());
        }
        ratings(finding.ratings());
        json.writeBooleanProperty("malicious", finding.malicious());
        json.writeBooleanProperty("exploited", finding.kev() != null);
        kev(finding.kev());
        epss(finding.epss());
        json.writeBooleanProperty("unimportant", finding.unimportant());
        json.writeStringProperty("scope", scope(row.component()));
        Json.text(json, "presence", Presence.word(report, row.item()));
        Json.texts(json, "fixedIn", finding.fixedIn());
        Json.text(json, "lastAffected", finding.lastAffected());
        reasons(finding.reasons());
        places(row.item().places());
        layer(row.item().layer());
        json.writeBooleanProperty("direct", row.item().direct());
        Json.texts(json, "chain", row.item().chain());
        if (report.baseline()) {
            json.writeBooleanProperty("new", !judged.known());
        }
        hiding(judged.hidden());
        json.writeEndObject();
    }

    private void images() {
        if (report.inventory().images().isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("images");
        for (Inventory.ImageRead read : report.inventory().images()) {
            json.writeStartObject();
            json.writeStringProperty("file", read.file());
            json.writeStringProperty("places", read.shown());
            Json.text(json, "name", read.image().name());
            json.writeStringProperty("platform", read.image().platform().toString());
            List<String> others = new ArrayList<>();
            for (Platform other : read.image().others()) {
                others.add(other.toString());
            }
            Json.texts(json, "otherPlatforms", others);
            Json.text(json, "digest", read.image().digest());
            json.writeArrayPropertyStart("layers");
            for (Layer layer : read.image().layers()) {
                json.writeStartObject();
                layerFields(layer);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void layer(@Nullable Layer layer) {
        if (layer != null) {
            json.writeObjectPropertyStart("layer");
            layerFields(layer);
            json.writeEndObject();
        }
    }

    private void layerFields(Layer layer) {
        json.writeNumberProperty("number", layer.number());
        Json.text(json, "digest", layer.digest());
        Json.text(json, "command", layer.command());
    }

    private void ratings(List<Rating> ratings) {
        json.writeArrayPropertyStart("ratings");
        for (Rating rating : ratings) {
            json.writeStartObject();
            json.writeStringProperty("source", rating.source());
            Json.text(json, "vector", rating.vector());
            if (rating.score() >= 0) {
                json.writeNumberProperty("score", rating.score());
            }
            json.writeStringProperty("severity", rating.word());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void kev(Finding.@Nullable Kev kev) {
        if (kev != null) {
            json.writeObjectPropertyStart("kev");
            json.writeStringProperty("added", kev.added());
            json.writeBooleanProperty("ransomware", kev.ransomware());
            json.writeEndObject();
        }
    }

    private void epss(Finding.@Nullable Epss epss) {
        if (epss != null) {
            json.writeObjectPropertyStart("epss");
            json.writeNumberProperty("score", epss.score());
            json.writeNumberProperty("percentile", epss.percentile());
            json.writeEndObject();
        }
    }

    private void reasons(List<Reason> reasons) {
        json.writeArrayPropertyStart("reasons");
        for (Reason reason : reasons) {
            json.writeStartObject();
            json.writeStringProperty("record", reason.record());
            json.writeStringProperty("source", reason.source());
            json.writeStringProperty("package", reason.packageName());
            json.writeStringProperty("range", reason.range());
            Json.text(json, "compared", reason.compared());
            Json.text(json, "modified", reason.modified());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void hiding(Report.@Nullable Hiding hiding) {
        if (hiding != null) {
            json.writeObjectPropertyStart("hidden");
            json.writeStringProperty("by", hiding.cause().word());
            Json.text(json, "file", hiding.file());
            Json.text(json, "state", hiding.state());
            Json.text(json, "justification", hiding.justification());
            Json.text(json, "reason", hiding.reason());
            Json.text(json, "until", hiding.until());
            Json.text(json, "who", hiding.by());
            json.writeEndObject();
        }
    }

    private void component(Report.Row row) {
        Component component = row.component();
        json.writeStartObject();
        identity(component);
        json.writeStringProperty("type", component.type());
        json.writeStringProperty("scope", scope(component));
        Json.text(json, "presence", Presence.word(report, row.item()));
        json.writeBooleanProperty("locked", component.locked());
        Json.texts(json, "licences", component.licences());
        places(row.item().places());
        layer(row.item().layer());
        json.writeBooleanProperty("direct", row.item().direct());
        Json.texts(json, "chain", row.item().chain());
        json.writeNumberProperty("moreChains", row.item().moreChains());
        if (!row.item().owners().isEmpty()) {
            Json.texts(json, "owners", row.item().owners());
        }
        Json.texts(json, "dependsOn", row.item().dependsOn());
        json.writeStringProperty("coverage", coverage(row.outcome().coverage()));
        Json.text(json, "why", row.outcome().why());
        json.writeEndObject();
    }

    private void places(List<Place> places) {
        json.writeArrayPropertyStart("places");
        for (Place place : places) {
            json.writeStartObject();
            json.writeStringProperty("file", place.file());
            if (place.line() > 0) {
                json.writeNumberProperty("line", place.line());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void files() {
        json.writeArrayPropertyStart("files");
        for (Inventory.FileRead file : report.inventory().files()) {
            json.writeStartObject();
            json.writeStringProperty("file", file.file());
            json.writeStringProperty("kind", file.kind());
            json.writeNumberProperty("components", file.components());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void ledger() {
        json.writeArrayPropertyStart("notLookedAt");
        for (Inventory.LedgerLine line : report.inventory().ledger()) {
            json.writeStartObject();
            json.writeStringProperty("kind", kind(line.kind()));
            json.writeStringProperty("file", line.file());
            if (line.line() > 0) {
                json.writeNumberProperty("line", line.line());
            }
            json.writeStringProperty("message", line.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static String kind(Inventory.LedgerLine.Kind kind) {
        return switch (kind) {
            case UNREADABLE -> "unreadable";
            case PARTLY_READ -> "partly read";
            case WARNING -> "warning";
            case UNLOCKED -> "unlocked";
            case NOT_COVERED -> "not covered";
            case SKIPPED -> "skipped";
        };
    }

    static String coverage(Outcome.Coverage coverage) {
        return switch (coverage) {
            case LOOKED_AT -> "looked at";
            case NO_IDENTITY -> "no identity";
            case NOT_COVERED -> "not covered";
            case UNKNOWN_VERSION -> "unknown version";
            case UNKNOWN_RELEASE -> "unknown release";
            case NOT_JUDGED -> "not judged";
            case PRIVATE -> "private";
        };
    }

    static String scope(Component component) {
        return switch (component.scope()) {
            case RUNTIME -> "runtime";
            case OPTIONAL -> "optional";
            case BUNDLED -> "bundled";
            case BUILD -> "build";
            case DEVELOPMENT -> "development";
            case TEST -> "test";
        };
    }
}
