package uk.reeve.engine.vex;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.advisory.Severity;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;

/// CSAF 2.0 and 2.1, any profile: each vulnerability's `product_status`, with flags, threats and remediations.
///
/// Products of one status, reason and action make one statement. `recommended` and `unknown` are no positions.
///
/// Source: CSAF 2.0 and 2.1, sections 3.2 and 4.
final class CsafReader {

    private final VexReading reading = new VexReading();
    private final Node root;
    private final Node document;
    private boolean profileOfVex;

    CsafReader(Node root) throws Unreadable {
        this.root = root;
        Node node = root.get("document");
        if (node == null) {
            throw new Unreadable(root.line(), "is no CSAF document, which has the object document");
        }
        this.document = node;
    }

    VexDocument read() {
        String version = text(document, "csaf_version");
        if (!version.equals("2.0") && !version.equals("2.1")) {
            reading.warn(document.line(), "is CSAF " + VexReading.quoted(version) + ", read as 2.1");
        }
        String category = text(document, "category").toLowerCase(Locale.ROOT);
        profileOfVex = category.equals("csaf_vex");
        Node tracking = document.get("tracking");
        Node publisher = document.get("publisher");
        if (tracking == null) {
            reading.warn(document.line(), "has no tracking, so neither its id nor its time is known");
        }
        boolean draft = category.equals("csaf_withdrawn")
                || category.equals("csaf_superseded")
                || (tracking != null && text(tracking, "status").equals("draft"));
        if (draft) {
            reading.warn(document.line(), "is a draft, or was withdrawn or superseded; it silences nothing");
        }
        Source source = new Source(
                publisher == null ? "" : text(publisher, "name"),
                tracking == null ? "" : text(tracking, "id"),
                tracking == null ? "" : text(tracking, "version"),
                draft);
        Instant timestamp =
                tracking == null ? null : reading.instant(tracking.text("current_release_date"), tracking.line());
        CsafProducts products = new CsafProducts(root.get("product_tree"), reading);
        for (Node vulnerability : root.items("vulnerabilities")) {
            vulnerability(vulnerability, products, source, timestamp);
        }
        return new VexDocument("CSAF", version, source, timestamp, reading.statements, reading.warnings);
    }

    /// What sets the products of one statement apart from those of another.
    private record Kind(
            Status status,
            @Nullable String justification,
            @Nullable String impact,
            @Nullable String action) {}

    private void vulnerability(Node node, CsafProducts products, Source source, @Nullable Instant timestamp) {
        List<String> ids = ids(node);
        Map<String, Status> statuses = statuses(node);
        if (ids.isEmpty()) {
            if (!statuses.isEmpty()) {
                reading.warn(node.line(), "a vulnerability has neither cve nor ids and is left out");
            }
            return;
        }
        PerProduct flags = new PerProduct();
        for (Node flag : node.items("flags")) {
            flags.add(products.ids(flag), text(flag, "label"));
        }
        PerProduct impacts = new PerProduct();
        for (Node threat : node.items("threats")) {
            if (text(threat, "category").equals("impact")) {
                impacts.add(products.ids(threat), text(threat, "details"));
            }
        }
        PerProduct actions = new PerProduct();
        for (Node remediation : node.items("remediations")) {
            actions.add(products.ids(remediation), action(remediation));
        }
        Map<Kind, List<Product>> kinds = new LinkedHashMap<>();
        int unexplained = 0;
        for (Map.Entry<String, Status> entry : statuses.entrySet()) {
            Product product = products.get(entry.getKey(), node.line());
            if (product == null) {
                continue;
            }
            Status status = entry.getValue();
            boolean clear = status == Status.NOT_AFFECTED;
            String flag = clear ? flags.get(entry.getKey()) : null;
            String impact = clear ? impacts.get(entry.getKey()) : null;
            if (clear && profileOfVex && flag == null && impact == null) {
                unexplained++;
                continue;
            }
            String action = status == Status.AFFECTED ? actions.get(entry.getKey()) : null;
            kinds.computeIfAbsent(new Kind(status, flag, impact, action), _ -> new ArrayList<>())
                    .add(product);
        }
        if (unexplained > 0) {
            reading.warn(
                    node.line(),
                    ids.getFirst() + " is said not to affect " + unexplained + " products without a reason; they are "
                            + "left out, as a flag or a threat of category impact is needed");
        }
        List<Severity> severities = severities(node);
        kinds.forEach((kind, named) -> {
            String word = kind.justification;
            Justification justification = word == null ? null : Justification.ofWord(word);
            if (word != null && justification == null) {
                reading.warn(node.line(), "the flag " + VexReading.quoted(word) + " is none of CSAF's five");
            }
            reading.statements.add(new Statement(
                    ids.getFirst(),
                    List.copyOf(ids.subList(1, ids.size())),
                    kind.status,
                    justification,
                    word,
                    kind.impact,
                    kind.action,
                    named,
                    severities,
                    timestamp,
                    source,
                    node.line()));
        });
    }

    private static List<String> ids(Node node) {
        List<String> ids = new ArrayList<>();
        String cve = VexReading.filled(node.text("cve"));
        if (cve != null) {
            ids.add(cve);
        }
        for (Node id : node.items("ids")) {
            String text = VexReading.filled(id.text("text"));
            if (text != null && !ids.contains(text)) {
                ids.add(text);
            }
        }
        return ids;
    }

    /// Each product's status. Where it has contradicting ones, which makes a document invalid, the worse counts.
    private Map<String, Status> statuses(Node node) {
        Map<String, Status> statuses = new LinkedHashMap<>();
        Node told = node.get("product_status");
        if (told == null) {
            return statuses;
        }
        Set<String> contradictions = new HashSet<>();
        told.fields().forEach((word, list) -> {
            Status status = status(word);
            if (status == null) {
                return;
            }
            for (String id : CsafProducts.texts(list.items())) {
                Status other = statuses.putIfAbsent(id, status);
                if (other != null && other != status && contradictions.add(id)) {
                    reading.warn(
                            list.line(),
                            "the product " + VexReading.quoted(id)
                                    + " has two statuses that contradict each other; the worse counts");
                }
                if (other != null && status.compareTo(other) < 0) {
                    statuses.put(id, status);
                }
            }
        });
        return statuses;
    }

    private static @Nullable Status status(String word) {
        return switch (word) {
            case "known_affected", "first_affected", "last_affected" -> Status.AFFECTED;
            case "known_not_affected" -> Status.NOT_AFFECTED;
            case "fixed", "first_fixed" -> Status.FIXED;
            case "under_investigation" -> Status.UNDER_INVESTIGATION;
            default -> null;
        };
    }

    private static @Nullable String action(Node remediation) {
        String category = VexReading.filled(remediation.text("category"));
        String what = VexReading.joined(
                category == null ? null : category.replace('_', ' '), VexReading.filled(remediation.text("details")));
        String address = VexReading.filled(remediation.text("url"));
        return address == null ? what : what == null ? address : what + " (" + address + ")";
    }

    private List<Severity> severities(Node node) {
        List<Severity> severities = new ArrayList<>();
        for (Node score : node.items("scores")) {
            severity(score, severities);
        }
        for (Node metric : node.items("metrics")) {
            Node content = metric.get("content");
            if (content != null) {
                severity(content, severities);
            }
        }
        return severities;
    }

    private void severity(Node scores, List<Severity> severities) {
        for (String kind : List.of("cvss_v4", "cvss_v3", "cvss_v2")) {
            Node score = scores.get(kind);
            String vector = score == null ? null : VexReading.filled(score.text("vectorString"));
            Severity severity = score == null || vector == null ? null : reading.severity(vector, score.line());
            if (severity != null && !severities.contains(severity)) {
                severities.add(severity);
            }
        }
    }

    private static String text(Node node, String name) {
        String text = node.text(name);
        return text == null ? "" : text;
    }

    /// Texts for products, and those that name no product and so are meant for all.
    private static final class PerProduct {

        private final Map<String, String> texts = new HashMap<>();
        private @Nullable String all;

        void add(List<String> ids, @Nullable String text) {
            if (text == null || text.isBlank()) {
                return;
            }
            if (ids.isEmpty()) {
                all = all == null ? text : all + "; " + text;
            }
            for (String id : ids) {
                texts.merge(id, text, (a, b) -> a.contains(b) ? a : a + "; " + b);
            }
        }

        @Nullable
        String get(String id) {
            String text = texts.get(id);
            return text == null ? all : text;
        }
    }
}
