package uk.reeve.engine.match;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.index.Advisory;
import uk.reeve.engine.index.AdvisoryIndex;
import uk.reeve.engine.index.BadIndex;
import uk.reeve.engine.index.Entry;
import uk.reeve.engine.index.Group;
import uk.reeve.engine.index.PackageEntries;
import uk.reeve.engine.index.PackageEntries.Installed;
import uk.reeve.engine.index.PackageEntries.Verdict;
import uk.reeve.engine.index.Releases;
import uk.reeve.engine.index.Scores;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.version.BadVersion;
import uk.reeve.engine.version.Ecosystem;

/// Component and index to findings. Safe for many threads.
public final class Matcher {

    private final AdvisoryIndex index;
    private final Scores scores;

    public Matcher(AdvisoryIndex index, Scores scores) {
        this.index = index;
        this.scores = scores;
    }

    /// What the index says of a component.
    ///
    /// @param distribution OSV's word for the release that distribution packages without one belong to: `Debian:12`
    public Outcome match(Component component, @Nullable String distribution) throws BadIndex {
        Identity identity = Identity.of(component, distribution);
        if (identity.refusal() != null) {
            return none(
                    component, identity.refusal().coverage(), identity.refusal().why());
        }
        List<PackageEntries> packages = packages(identity);
        String version = identity.version();
        if (packages.isEmpty()) {
            return uncovered(component, identity);
        }
        if (version == null || version.isBlank()) {
            List<Finding> findings = everyVersion(component, identity, packages, "");
            return new Outcome(component, Outcome.Coverage.UNKNOWN_VERSION, "its version is not told", findings, null);
        }
        if (isBranch(packages.getFirst().ecosystem(), version)) {
            return new Outcome(
                    component,
                    Outcome.Coverage.UNKNOWN_VERSION,
                    "\"" + version + "\" is a branch, which has no place in the order of versions",
                    everyVersion(component, identity, packages, version),
                    null);
        }
        Installed installed;
        try {
            String compared = withoutRevision(packages, withSourceEpoch(component, packages, version));
            installed = new Installed(packages.getFirst().ecosystem().order(), compared);
        } catch (BadVersion e) {
            List<Finding> findings = everyVersion(component, identity, packages, version);
            return new Outcome(component, Outcome.Coverage.UNKNOWN_VERSION, e.getMessage(), findings, null);
        }
        Map<Integer, Draft> drafts = new LinkedHashMap<>();
        for (PackageEntries entries : packages) {
            collect(entries, installed, drafts, silenced(entries, installed));
        }
        List<Finding> findings = findings(component, identity, drafts);
        Move move = new Moves(packages, installed).of(findings);
        return new Outcome(component, Outcome.Coverage.LOOKED_AT, null, findings, move);
    }

    /// What the index says of a component whose release is only inferred: every finding is possible, and the coverage
    /// stays [Outcome.Coverage#UNKNOWN_RELEASE].
    public Outcome matchInferred(Component component, InferredRelease release) throws BadIndex {
        Outcome outcome = match(component, release.distribution());
        boolean compared = outcome.coverage() == Outcome.Coverage.LOOKED_AT;
        if (!compared && outcome.findings().isEmpty()) {
            return outcome;
        }
        List<Finding> findings = new ArrayList<>(outcome.findings().size());
        for (Finding finding : outcome.findings()) {
            findings.add(finding.possible("; the release is taken to be " + release.words()));
        }
        return new Outcome(
                component,
                compared ? Outcome.Coverage.UNKNOWN_RELEASE : outcome.coverage(),
                compared ? "release not told; taken to be " + release.words() + "; --distro makes sure" : outcome.why(),
                findings,
                null);
    }

    /// Every record that names the component's package, whether it applies or not, for `explain`.
    public List<PackageEntries> records(Component component, @Nullable String distribution) throws BadIndex {
        Identity identity = Identity.of(component, distribution);
        return identity.refusal() != null ? List.of() : packages(identity);
    }

    /// The ids of every flaw of which a record of the component's package speaks, whether it finds this version
    /// affected or not: on these its source has a word.
    public Set<String> spokenOf(Component component, @Nullable String distribution) throws BadIndex {
        Set<String> ids = new HashSet<>();
        for (PackageEntries entries : records(component, distribution)) {
            for (int i = 0; i < entries.size(); i++) {
                Advisory advisory = index.advisory(entries.entry(i).advisory());
                ids.add(advisory.id());
                for (int group : advisory.groups()) {
                    ids.addAll(index.group(group).ids());
                }
            }
        }
        return ids;
    }

    /// The component's package URL, with what else of it decides which records are looked up (the source package of a
    /// distribution's, which some tools tell in properties only): it is found by this alone. Null without one.
    public static @Nullable Purl purl(Component component) {
        return DistributionPackage.withSource(component);
    }

    /// Where the component's package is looked up; empty where that is not known. Of a distribution's package without a
    /// release it is the distribution.
    public static List<Ecosystem> ecosystems(Component component, @Nullable String distribution) {
        List<Ecosystem> found = Identity.of(component, distribution).ecosystems();
        String namespace = component.purl() == null ? null : component.purl().namespace();
        Ecosystem named = found.isEmpty() && namespace != null ? Ecosystem.ofOsv(namespace) : null;
        return named != null && named.isDistribution() ? List.of(named) : found;
    }

    /// The types of package URL that are looked up at all.
    public static List<String> types() {
        return Identity.TYPES;
    }

    /// The version that is held against them, as the ecosystem's order takes it; null where none is told.
    public @Nullable String comparedVersion(Component component, @Nullable String distribution) {
        return Identity.of(component, distribution).version();
    }

    private List<PackageEntries> packages(Identity identity) throws BadIndex {
        List<PackageEntries> found = new ArrayList<>(2);
        for (Ecosystem ecosystem : identity.ecosystems()) {
            String key = ecosystem.matchKey(identity.name());
            if (ecosystem == Ecosystem.UBUNTU && isPro(identity.version())) {
                add(found, index.find(ecosystem, "Pro:" + identity.release(), key));
            }
            add(found, index.find(ecosystem, identity.release(), key));
        }
        return found;
    }

    private static void add(List<PackageEntries> found, @Nullable PackageEntries entries) {
        if (entries != null) {
            found.add(entries);
        }
    }

    /// A source package's name (`perl-5.26.3-420.el8.src.rpm`) tells no epoch, and a binary of another version has not
    /// its source's: then the epoch is the one that the records write, for it does not go back.
    private String withSourceEpoch(Component component, List<PackageEntries> packages, String version) throws BadIndex {
        Purl purl = component.purl();
        String upstream = purl == null ? null : purl.qualifiers().get("upstream");
        boolean unknown = upstream != null && upstream.endsWith(".src.rpm") && version.indexOf(':') < 0;
        if (!unknown || purl == null || version.equals(purl.version())) {
            return version;
        }
        for (PackageEntries entries : packages) {
            for (int i = 0; i < entries.size(); i++) {
                for (int high : entries.entry(i).highs()) {
                    String bound = high == 0 ? "" : index.version(high);
                    int colon = bound.indexOf(':');
                    if (colon > 0 && !bound.startsWith("0:")) {
                        return bound.substring(0, colon + 1) + version;
                    }
                }
            }
        }
        return version;
    }

    /// Bitnami's own revision stands after the version (`7.4.1-0` is its first build of 7.4.1, no pre-release of it).
    /// Nearly all records name versions without one; then it is left out.
    private String withoutRevision(List<PackageEntries> packages, String version) throws BadIndex {
        int dash = version.lastIndexOf('-');
        if (packages.getFirst().ecosystem() != Ecosystem.BITNAMI || dash <= 0 || !isNumber(version, dash + 1)) {
            return version;
        }
        String plain = version.substring(0, dash);
        PackageEntries entries = packages.getFirst();
        for (int i = 0; i < entries.size(); i++) {
            for (int high : entries.entry(i).highs()) {
                String bound = high == 0 ? "" : index.version(high);
                if (bound.length() > dash && bound.charAt(dash) == '-' && bound.startsWith(plain)) {
                    return version;
                }
            }
        }
        return plain;
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < text.length();
    }

    /// Composer's branches (`dev-main`) are no versions, and Composer lets none of them into a range.
    private static boolean isBranch(Ecosystem ecosystem, String version) {
        return (ecosystem == Ecosystem.PACKAGIST || ecosystem == Ecosystem.DRUPAL) && version.startsWith("dev-");
    }

    /// Versions that only Ubuntu Pro's archives hold.
    private static boolean isPro(@Nullable String version) {
        return version != null && (version.contains("esm") || version.contains("fips"));
    }

    /// No record names the package: either all is well, or nobody watches its ecosystem here.
    private Outcome uncovered(Component component, Identity identity) throws BadIndex {
        for (Ecosystem ecosystem : identity.ecosystems()) {
            if (index.covers(ecosystem, identity.release())) {
                boolean told = identity.version() != null && !identity.version().isBlank();
                return told
                        ? new Outcome(component, Outcome.Coverage.LOOKED_AT, null, List.of(), null)
                        : none(component, Outcome.Coverage.UNKNOWN_VERSION, "its version is not told");
            }
        }
        if (identity.possible()) {
            return none(component, Outcome.Coverage.NO_IDENTITY, "has no package URL");
        }
        String release = identity.release().isEmpty() ? "" : " " + identity.release();
        return none(
                component,
                Outcome.Coverage.NOT_COVERED,
                "no advisory here covers " + identity.ecosystems().getFirst().osvName() + release);
    }

    private static Outcome none(Component component, Outcome.Coverage coverage, String why) {
        return new Outcome(component, coverage, why, List.of(), null);
    }

    /// One vulnerability of one component while its reasons are gathered.
    private static final class Draft {
        final List<Reason> reasons = new ArrayList<>(2);
        final Set<String> notices = new TreeSet<>();
        final Set<String> fixedIn = new LinkedHashSet<>();
        final List<Rating> noticeRatings = new ArrayList<>(0);

        @Nullable
        String lastAffected;

        boolean exact;
        boolean important;
        boolean malicious;
    }

    private void collect(PackageEntries entries, Installed installed, Map<Integer, Draft> drafts, Set<Integer> silenced)
            throws BadIndex {
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.entry(i);
            int span = entries.span(entry, installed);
            Verdict verdict = span >= 0 ? Verdict.AFFECTED : entries.test(entry, installed);
            if (verdict == Verdict.NOT_AFFECTED || ModuleStream.apart(entries, entry, span, installed)) {
                continue;
            }
            Advisory advisory = index.advisory(entry.advisory());
            boolean exact = verdict == Verdict.AFFECTED
                    && !anotherSeries(entries.ecosystem(), installed, advisory)
                    && !releaseOfKubernetes(entries, entry, span, installed);
            Reason reason = new Reason(
                    advisory.id(),
                    entry.source(),
                    entries.name(),
                    Sentences.range(index, entry, span),
                    Sentences.compared(index, entries.ecosystem(), entry, span, installed, verdict),
                    date(advisory.modified()));
            for (int group : advisory.groups()) {
                if (!silenced.contains(group)) {
                    add(drafts.computeIfAbsent(group, _ -> new Draft()), reason, advisory, entry, span, exact);
                }
            }
        }
    }

    private void add(Draft draft, Reason reason, Advisory advisory, Entry entry, int span, boolean exact)
            throws BadIndex {
        draft.reasons.add(reason);
        draft.exact |= exact;
        draft.important |= !"unimportant".equals(entry.urgency());
        draft.malicious |= advisory.malicious();
        draft.notices.add(advisory.id());
        draft.noticeRatings.addAll(advisory.ratings());
        int high = span < 0 ? 0 : entry.highs()[span];
        if (high != 0 && entry.includes()[span]) {
            draft.lastAffected = index.version(high);
        } else if (high != 0) {
            draft.fixedIn.add(index.version(high));
        }
    }

    /// Go's pseudo-versions (`v0.0.0-2022…`) belong to the series of Go's own records, whose bounds are module
    /// versions;
    /// against other records' release tags they prove nothing.
    private static boolean anotherSeries(Ecosystem ecosystem, Installed installed, Advisory advisory) {
        return ecosystem == Ecosystem.GO
                && (installed.text().startsWith("v0.0.0-") || installed.text().startsWith("0.0.0-"))
                && !advisory.id().startsWith("GO-")
                && !advisory.malicious();
    }

    /// Kubernetes publishes its parts (`k8s.io/kube-proxy`) as v0.22 where it is itself 1.22, and some records bound
    /// the parts by its own releases. `k8s.io/kubernetes` is no part: its bounds are its own.
    private boolean releaseOfKubernetes(PackageEntries entries, Entry entry, int span, Installed installed)
            throws BadIndex {
        int high = span < 0 ? 0 : entry.highs()[span];
        if (high == 0
                || entries.ecosystem() != Ecosystem.GO
                || !entries.name().startsWith("k8s.io/")
                || entries.name().equals("k8s.io/kubernetes")) {
            return false;
        }
        return installed.text().startsWith("v0.") && !index.version(high).startsWith("0.");
    }

    /// Vulnerabilities of a plain Ubuntu release on which Ubuntu Pro's record has the word for the installed Pro build.
    private Set<Integer> silenced(PackageEntries entries, Installed installed) throws BadIndex {
        if (entries.ecosystem() != Ecosystem.UBUNTU
                || entries.release().startsWith("Pro:")
                || !isPro(installed.text())) {
            return Set.of();
        }
        PackageEntries pro = index.find(
                Ecosystem.UBUNTU,
                Releases.lookup(Ecosystem.UBUNTU, "Pro:" + entries.release()),
                Ecosystem.UBUNTU.matchKey(entries.name()));
        Set<Integer> groups = new LinkedHashSet<>();
        for (int i = 0; pro != null && i < pro.size(); i++) {
            groups.addAll(index.advisory(pro.entry(i).advisory()).groups());
        }
        return groups;
    }

    /// What is said of every version holds for one that cannot be compared, too.
    private List<Finding> everyVersion(
            Component component, Identity identity, List<PackageEntries> packages, String version) throws BadIndex {
        Map<Integer, Draft> drafts = new LinkedHashMap<>();
        for (PackageEntries entries : packages) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.entry(i);
                if (!entries.namesText(entry, version)) {
                    continue;
                }
                Advisory advisory = index.advisory(entry.advisory());
                Reason reason = new Reason(
                        advisory.id(),
                        entry.source(),
                        entries.name(),
                        Sentences.range(index, entry, -1),
                        version.isEmpty() ? "every version is affected" : version + " is named by the record",
                        date(advisory.modified()));
                for (int group : advisory.groups()) {
                    add(drafts.computeIfAbsent(group, _ -> new Draft()), reason, advisory, entry, -1, true);
                }
            }
        }
        return findings(component, identity, drafts);
    }

    private List<Finding> findings(Component component, Identity identity, Map<Integer, Draft> drafts) throws BadIndex {
        List<Finding> findings = new ArrayList<>(drafts.size());
        for (Map.Entry<Integer, Draft> e : drafts.entrySet()) {
            findings.add(finding(component, identity, index.group(e.getKey()), e.getValue()));
        }
        findings.sort(Urgency.FIRST);
        return findings;
    }

    private Finding finding(Component component, Identity identity, Group group, Draft draft) throws BadIndex {
        Set<String> others = new TreeSet<>(group.ids());
        others.addAll(draft.notices);
        String id = group.ids().getFirst();
        others.remove(id);
        List<Rating> ratings = new ArrayList<>();
        for (int number : group.advisories()) {
            Advisory advisory = index.advisory(number);
            ratings.addAll(advisory.ratings());
        }
        for (Rating rating : draft.noticeRatings) {
            if (!ratings.contains(rating)) {
                ratings.add(rating);
            }
        }
        ratings.sort((a, b) ->
                a.score() == b.score() ? a.source().compareTo(b.source()) : Double.compare(b.score(), a.score()));
        Finding.Kev kev = null;
        Finding.Epss epss = null;
        for (String name : group.ids()) {
            kev = kev == null ? scores.kev(name) : kev;
            epss = epss == null ? scores.epss(name) : epss;
        }
        boolean exact = draft.exact && component.locked() && !identity.possible();
        return new Finding(
                component,
                id,
                List.copyOf(others),
                exact ? Confidence.EXACT : Confidence.POSSIBLE,
                List.copyOf(draft.reasons),
                draft.malicious,
                List.copyOf(ratings),
                kev,
                epss,
                !draft.important || KernelHeaders.is(component),
                List.copyOf(draft.fixedIn),
                draft.fixedIn.isEmpty() ? draft.lastAffected : null);
    }

    private static String date(long seconds) {
        return seconds == 0
                ? ""
                : Instant.ofEpochSecond(seconds)
                        .atZone(ZoneOffset.UTC)
                        .toLocalDate()
                        .toString();
    }
}
