package uk.reeve.register.estate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.catalogue.Matching.Candidate;
import uk.reeve.register.catalogue.Matching.Known;
import uk.reeve.register.catalogue.NameKey;

/// What a line of a pasted list may mean, and what is chosen before anyone looks.
///
/// @param choices at least one; the last is to skip it
/// @param chosen the value of one of them; empty where a person must say
/// @param listed whether the council lists a system of this name already
public record Guess(Pasted.Line line, Certainty certainty, List<Choice> choices, String chosen, boolean listed) {

    private static final int CANDIDATES = 3;
    private static final int RELEASES = 3;
    static final String NEW = "new";
    static final String SKIP = "skip";

    /// SURE: one product of exactly that name, and a version that it has. NONE: no product at all.
    public enum Certainty {
        SURE,
        LIKELY,
        NONE
    }

    /// @param system how the council's system will be called
    /// @param product null where it is new, or the line skipped
    /// @param release null where the version is not known, or is to be added
    /// @param version to be added to the product; null where there is nothing to add
    public record Choice(
            String value,
            String text,
            @Nullable String hint,
            String system,
            @Nullable UUID product,
            @Nullable UUID release,
            @Nullable String version) {}

    /// @param found candidates by name, for the line's name and its stem
    static Guess of(Pasted.Line line, Map<String, List<Candidate>> found, boolean listed) {
        Map<UUID, Choice> sure = new LinkedHashMap<>();
        List<Choice> known = new ArrayList<>();
        List<Choice> others = new ArrayList<>();
        Map<UUID, Candidate> candidates = new LinkedHashMap<>();
        List<Candidate> ofStem = found.getOrDefault(line.stem(), List.of());
        ofStem.forEach(one -> candidates.putIfAbsent(one.product(), one));
        found.getOrDefault(line.name(), List.of())
                .forEach(one -> candidates.merge(one.product(), one, (a, b) -> b.exact() ? b : a));
        List<Candidate> likeliest = candidates.values().stream()
                .sorted(Comparator.comparing(Candidate::exact).reversed())
                .limit(CANDIDATES)
                .toList();
        long exact = likeliest.stream().filter(Candidate::exact).count();
        String fallback = null;
        for (Candidate one : likeliest) {
            boolean nameHoldsAll = one.exact() && !ofStem.contains(one); // "Windows Server 2019" is the product's name
            String version = nameHoldsAll ? line.version() : line.anyVersion();
            Optional<Known> release = one.releases().stream()
                    .filter(it -> NameKey.ofVersion(it.version()).equals(NameKey.ofVersion(version)))
                    .findFirst();
            String system = nameHoldsAll ? line.name() : line.stem();
            if (one.exact() && release.isEmpty() && fallback == null) {
                fallback = one.product() + (version.isEmpty() ? "/?" : "/+");
            }
            release.ifPresent(it -> {
                Choice choice = choice(one, it, system);
                known.add(choice);
                if (one.exact()) {
                    sure.put(one.product(), choice);
                }
            });
            if (release.isEmpty() && !version.isEmpty() && version.length() <= 100) {
                others.add(new Choice(
                        one.product() + "/+",
                        one.name() + " " + version,
                        hint(one, true),
                        system,
                        one.product(),
                        null,
                        version));
            }
            one.releases().stream()
                    .filter(it -> !it.equals(release.orElse(null)))
                    .limit(RELEASES)
                    .forEach(it -> others.add(choice(one, it, system)));
            others.add(new Choice(
                    one.product() + "/?",
                    one.name() + ", version not known",
                    hint(one, false),
                    system,
                    one.product(),
                    null,
                    null));
        }
        List<Choice> choices = new ArrayList<>(known);
        choices.addAll(others);
        if (exact == 0) {
            String version = line.anyVersion().isEmpty() ? null : line.anyVersion();
            choices.add(new Choice(
                    NEW,
                    "Add “" + line.stem() + "”" + (version == null ? "" : ", version " + version + ",") + " as new",
                    "Other councils will find it in the catalogue, without your name",
                    line.stem(),
                    null,
                    null,
                    version));
        }
        choices.add(new Choice(SKIP, "Skip this row", null, line.stem(), null, null, null));
        boolean settled = exact == 1 && sure.size() == 1;
        Certainty certainty = candidates.isEmpty() ? Certainty.NONE : settled ? Certainty.SURE : Certainty.LIKELY;
        return new Guess(line, certainty, choices, listed ? SKIP : chosen(sure, fallback, known), listed);
    }

    /// A version that was not written is not made up, since what is wrong there would be a false all-clear; nor is a
    /// product whose name is only like it; nor is one made that nobody knows, unless somebody says so.
    private static String chosen(Map<UUID, Choice> sure, @Nullable String fallback, List<Choice> known) {
        if (!sure.isEmpty()) {
            return sure.values().iterator().next().value();
        }
        if (fallback != null) {
            return fallback;
        }
        return known.isEmpty() ? "" : known.getFirst().value();
    }

    /// What is chosen, in words.
    public String words() {
        return choice(chosen).map(Choice::text).orElse("");
    }

    private static Choice choice(Candidate candidate, Known release, String system) {
        return new Choice(
                candidate.product() + "/" + release.release(),
                candidate.name() + " " + release.version(),
                hint(candidate, false),
                system,
                candidate.product(),
                release.release(),
                null);
    }

    private static @Nullable String hint(Candidate candidate, boolean newVersion) {
        String by = candidate.supplier() == null ? null : "by " + candidate.supplier();
        return !newVersion ? by : (by == null ? "" : by + "; ") + "a version that the register does not have yet";
    }

    Optional<Choice> choice(String value) {
        return choices.stream().filter(choice -> choice.value().equals(value)).findFirst();
    }

    /// The field's name in the form.
    public String field() {
        return "row-" + line.row();
    }
}
