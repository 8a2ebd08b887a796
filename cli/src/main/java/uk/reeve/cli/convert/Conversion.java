package uk.reeve.cli.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.sbom.Bom;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.CycloneDxWriter;
import uk.reeve.engine.sbom.Sbom;
import uk.reeve.engine.sbom.SpdxWriter;

/// What is to be written of one SBOM or several, in either format.
///
/// @param inputs at least one
/// @param root `ref` of what it describes; null where it describes none
/// @param dependencies `ref` to the refs it depends on
/// @param disagreements one sentence each; only of several
public record Conversion(
        List<Input> inputs,
        String name,
        @Nullable String root,
        List<Component> components,
        Map<String, List<String>> dependencies,
        List<Sbom.Claim> claims,
        List<String> disagreements) {

    /// Of one SBOM.
    public static Conversion of(Input input) {
        Sbom sbom = input.sbom();
        return new Conversion(
                List.of(input),
                name(sbom, input.name()),
                sbom.root(),
                sbom.components(),
                sbom.dependencies(),
                sbom.vulnerabilities(),
                List.of());
    }

    private static String name(Sbom sbom, String file) {
        for (Component component : sbom.components()) {
            if (component.ref().equals(sbom.root())) {
                return component.name();
            }
        }
        return file;
    }

    /// What stands in the inputs, and not in what is written.
    ///
    /// @param to `cyclonedx` or `spdx`
    public Losses losses(String to) {
        return Losses.of(inputs, to);
    }

    /// The oldest time that an input tells, since what is written is as old as that; else now. RFC 3339.
    public String time(Instant now) {
        Instant oldest = now;
        for (Input input : inputs) {
            String told = input.sbom().timestamp();
            try {
                Instant time =
                        told == null ? now : OffsetDateTime.parse(told.strip()).toInstant();
                oldest = time.isBefore(oldest) ? time : oldest;
            } catch (DateTimeException e) {
                // no time, and reeve:from:made tells it as it is
            }
        }
        return oldest.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// Writes it.
    ///
    /// @param to `cyclonedx` (1.6, JSON) or `spdx` (2.3, JSON)
    /// @param time RFC 3339
    /// @param version of the program
    public void write(String to, String time, String version, OutputStream out) throws IOException {
        if (to.equals("spdx")) {
            StringBuilder comment = new StringBuilder();
            origins()
                    .forEach((kind, values) -> values.forEach(value -> comment.append(comment.isEmpty() ? "" : "\n")
                            .append("From ")
                            .append(kind)
                            .append(": ")
                            .append(value)));
            SpdxWriter.Head head = new SpdxWriter.Head(name, null, time, "reeve-" + version, comment.toString());
            SpdxWriter.write(out, head, root, components, dependencies);
        } else {
            cycloneDx(time, version, out);
        }
    }

    private void cycloneDx(String time, String version, OutputStream out) throws IOException {
        Component described = null;
        List<Component> rest = new ArrayList<>(components.size());
        for (Component component : components) {
            if (component.ref().equals(root)) {
                described = component;
            } else {
                rest.add(component);
            }
        }
        Map<String, List<String>> properties = new LinkedHashMap<>();
        origins().forEach((kind, values) -> properties.put("reeve:from:" + kind, List.copyOf(values)));
        CycloneDxWriter.write(
                out,
                new Bom(
                        null,
                        time,
                        new Bom.Tool("reeve", version),
                        described,
                        rest,
                        dependencies,
                        Map.of(),
                        claims.stream().map(Conversion::vulnerability).toList(),
                        properties,
                        false));
    }

    private static Bom.Vulnerability vulnerability(Sbom.Claim claim) {
        return new Bom.Vulnerability(
                claim.id(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                claim.affects(),
                claim.state() == null ? null : new Bom.Analysis(claim.state(), claim.justification(), claim.detail()),
                Map.of());
    }

    // Who made the inputs, when and with what: the new document is ours.
    private Map<String, Set<String>> origins() {
        Map<String, Set<String>> origins = new LinkedHashMap<>();
        for (Input input : inputs) {
            Sbom sbom = input.sbom();
            add(origins, "input", List.of(input.name() + " " + input.digest()));
            add(origins, "serial", sbom.serial() == null ? List.of() : List.of(sbom.serial()));
            add(origins, "made", sbom.timestamp() == null ? List.of() : List.of(sbom.timestamp()));
            add(origins, "author", sbom.authors());
            add(origins, "tool", sbom.tools());
            add(origins, "phase", sbom.lifecycles());
        }
        return origins;
    }

    private static void add(Map<String, Set<String>> origins, String kind, List<String> values) {
        if (!values.isEmpty()) {
            origins.computeIfAbsent(kind, k -> new LinkedHashSet<>()).addAll(values);
        }
    }
}
