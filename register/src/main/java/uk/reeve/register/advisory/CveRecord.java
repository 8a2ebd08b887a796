package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.BadCvss;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// What a record of the CVE Program tells that no advisory does: SSVC's decision points and KEV by CISA, and a score.
/// Source: CVE Record Format 5; cisagov/vulnrichment for the container `CISA-ADP`.
///
/// @param updatedAt the latest moment at which any of its containers changed
/// @param automatable by CISA; null where it does not say
/// @param totalImpact by CISA; null where it does not say
/// @param kevAdded by CISA; null where it is not in KEV
/// @param severity of the newest CVSS version of the CNA, else of CISA; null where neither scores
/// @param ratedBy `mitre`, `CISA-ADP`
public record CveRecord(
        String name,
        boolean rejected,
        Instant updatedAt,
        @Nullable Boolean automatable,
        @Nullable Boolean totalImpact,
        @Nullable LocalDate kevAdded,
        @Nullable String severity,
        @Nullable Double score,
        @Nullable String vector,
        @Nullable String ratedBy) {

    private static final List<String> NEWEST_FIRST = List.of("cvssV4_0", "cvssV3_1", "cvssV3_0", "cvssV2_0");
    private static final String CISA = "CISA-ADP";

    private record Rated(Severity severity, String vector) {}

    /// @throws Unreadable when it is no record of the CVE Program
    static CveRecord read(InputStream in) throws IOException, Unreadable {
        Node root = JsonInput.read(in);
        Node head = root.get("cveMetadata");
        String name = head == null ? null : head.text("cveId");
        Instant updated = head == null ? null : time(head.text("dateUpdated"));
        if (!"CVE_RECORD".equals(root.text("dataType")) || head == null || name == null) {
            throw new Unreadable(1, "is no record of the CVE Program: its dataType is not CVE_RECORD");
        }
        if (!name.matches("CVE-[0-9]{4}-[0-9]{4,12}")) {
            throw new Unreadable(head.line(), "has no id of a CVE, like CVE-2021-44228");
        }
        if (updated == null) {
            throw new Unreadable(head.line(), "does not say when it was updated (dateUpdated)");
        }
        if ("REJECTED".equals(head.text("state"))) {
            return new CveRecord(name, true, updated, null, null, null, null, null, null, null);
        }
        Node containers = root.get("containers");
        Node cna = containers == null ? null : containers.get("cna");
        Node cisa = containers == null ? null : cisa(containers.items("adp"));
        Rated own = cna == null ? null : newest(cna);
        Rated rated = own == null && cisa != null ? newest(cisa) : own;
        Instant theirs = cisa == null ? null : time(provider(cisa, "dateUpdated"));
        return new CveRecord(
                name,
                false,
                theirs != null && theirs.isAfter(updated) ? theirs : updated,
                cisa == null ? null : point(cisa, "Automatable", "yes", "no"),
                cisa == null ? null : point(cisa, "Technical Impact", "total", "partial"),
                cisa == null ? null : kev(cisa),
                rated == null ? null : rated.severity().band().name().toLowerCase(Locale.ROOT),
                rated == null || rated.severity().cvss() == null
                        ? null
                        : rated.severity().cvss().score(),
                rated == null ? null : rated.vector(),
                rated == null ? null : own == null ? CISA : provider(cna, "shortName"));
    }

    private static @Nullable Node cisa(List<Node> adp) {
        return adp.stream()
                .filter(container -> CISA.equals(provider(container, "shortName")))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String provider(@Nullable Node container, String field) {
        Node provider = container == null ? null : container.get("providerMetadata");
        return provider == null ? null : provider.text(field);
    }

    /// Of SSVC's options, each an object of one field; the last word counts.
    private static @Nullable Boolean point(Node cisa, String name, String yes, String no) {
        Boolean told = null;
        for (Node metric : cisa.items("metrics")) {
            Node content = content(metric, "ssvc");
            for (Node option : content == null ? List.<Node>of() : content.items("options")) {
                String value = option.text(name);
                told = yes.equalsIgnoreCase(value) ? Boolean.TRUE : no.equalsIgnoreCase(value) ? Boolean.FALSE : told;
            }
        }
        return told;
    }

    private static @Nullable LocalDate kev(Node cisa) {
        for (Node metric : cisa.items("metrics")) {
            Node content = content(metric, "kev");
            String added = content == null ? null : content.text("dateAdded");
            if (added != null && added.matches("[0-9]{4}-[01][0-9]-[0-3][0-9]")) {
                try {
                    return LocalDate.parse(added);
                } catch (DateTimeException e) {
                    return null; // no day of any calendar
                }
            }
        }
        return null;
    }

    private static @Nullable Node content(Node metric, String type) {
        Node other = metric.get("other");
        return other != null && type.equals(other.text("type")) ? other.get("content") : null;
    }

    private static @Nullable Rated newest(Node container) {
        for (String version : NEWEST_FIRST) {
            for (Node metric : container.items("metrics")) {
                Node cvss = metric.get(version);
                String vector = cvss == null ? null : cvss.text("vectorString");
                if (vector != null) {
                    try {
                        return new Rated(Severity.ofVector(vector), vector);
                    } catch (BadCvss e) {
                        // a broken vector rates nothing; the record still stands
                    }
                }
            }
        }
        return null;
    }

    /// Some leave out the zone, and mean UTC.
    private static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null
                    ? null
                    : text.matches(".*(Z|[+-][0-9:]{5})")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
