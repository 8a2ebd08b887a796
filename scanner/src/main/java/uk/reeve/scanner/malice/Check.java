package uk.reeve.scanner.malice;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.BadPurl;
import uk.reeve.engine.purl.Purl;
import uk.reeve.scanner.malice.content.CheckLimits;
import uk.reeve.scanner.malice.content.CheckedPackage;
import uk.reeve.scanner.malice.content.Decoded;
import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Hook;
import uk.reeve.scanner.malice.content.Language;
import uk.reeve.scanner.malice.content.Manifest;
import uk.reeve.scanner.malice.content.PackageFile;
import uk.reeve.scanner.malice.content.Stage;
import uk.reeve.scanner.malice.sign.Sightings;
import uk.reeve.scanner.malice.sign.Sign;
import uk.reeve.scanner.malice.sign.Signs;

/// Looks at one package, file by file, for all signs. For one thread.
public final class Check {

    /// A package with no more files of code than this counts as one.
    private static final int SMALL = 20;

    /// How often what was decoded is decoded again.
    private static final int LAYERS = 3;

    private final CheckedPackage whole;
    private final CheckLimits limits;
    private final Sightings sightings = new Sightings();
    private int files;
    private int code;
    private long bytes;

    private Check(CheckedPackage whole, CheckLimits limits) {
        this.whole = whole;
        this.limits = limits;
    }

    /// What else a check may have at hand.
    ///
    /// @param source what the package was made from; null where that is not at hand
    /// @param yara rules of the person's own; null where there are none
    public record Aids(@Nullable Path source, @Nullable Yara yara) {

        public static final Aids NONE = new Aids(null, null);
    }

    /// Looks at a folder or an archive.
    ///
    /// @throws Unreadable where it is neither, or is damaged, or an aid fails
    public static CheckResult of(Path path, Aids aids, CheckLimits limits) throws IOException, Unreadable {
        Path source = aids.source();
        try (CheckedPackage against = source == null ? null : CheckedPackage.open(source, null, limits);
                CheckedPackage whole = CheckedPackage.open(path, against, limits)) {
            Check check = new Check(whole, limits);
            check.look();
            Yara yara = aids.yara();
            try {
                for (Yara.Match match : yara == null ? List.<Yara.Match>of() : yara.matches(whole)) {
                    check.sightings.addOfPackage(Signs.YARA, match.file(), 0, match.rule());
                }
            } catch (IOException e) {
                whole.problems().add("could not be given to yara whole (" + CheckedPackage.reason(e) + ")");
            }
            Path name = path.toAbsolutePath().normalize().getFileName();
            return check.result(name == null ? path.toString() : name.toString());
        }
    }

    private void look() {
        for (Sign sign : Signs.ALL) {
            sign.look(whole, sightings);
        }
        for (Hook hook : whole.hooks()) {
            FileText command = whole.text(hook);
            if (command != null) {
                look(command, LAYERS);
            }
        }
        for (PackageFile file : whole.files().all()) {
            if (bytes > limits.bytes()) {
                whole.problems()
                        .add("has more than " + (limits.bytes() >> 20) + " MiB, and files beyond were not looked at");
                return;
            }
            if (whole.deadline().isPast()) {
                whole.problems()
                        .add("was looked at for " + limits.seconds() + " seconds, and no longer; " + files
                                + " files were");
                return;
            }
            look(file);
        }
    }

    private void look(PackageFile file) {
        files++;
        try {
            if (whole.stage(file) == Stage.NEVER) {
                return;
            }
            Language language = whole.language(file);
            code += language.isCode() || language == Language.COMPILED ? 1 : 0;
            FileText text = whole.text(file, limits.fileBytes());
            bytes += text.text().length();
            if (text.text().length() >= limits.fileBytes() && language.isCode()) {
                whole.problems()
                        .add(file.path() + ": has more than " + (limits.fileBytes() >> 20)
                                + " MiB, and only its beginning was looked at");
            }
            if (!look(text, language.isCode() ? LAYERS : 0)) {
                whole.problems()
                        .add(file.path()
                                + ": is made so that looking at it takes very long, and was looked at in part");
            }
        } catch (Unreadable e) {
            whole.problems().add(file.path() + ": " + e.getMessage());
        } catch (StackOverflowError e) {
            whole.problems().add(file.path() + ": is nested too deeply to be looked at");
        } catch (IOException e) {
            whole.problems().add(file.path() + ": " + CheckedPackage.reason(e));
        } catch (RuntimeException e) {
            whole.problems().add(file.path() + ": is damaged (" + e.getMessage() + ")");
        }
    }

    /// Whether all of it, and of what it hides, was looked at.
    private boolean look(FileText text, int layers) {
        for (Sign sign : Signs.ALL) {
            sign.look(text, sightings);
        }
        boolean all = true;
        for (FileText hidden : layers > 0 ? Decoded.in(text) : List.<FileText>of()) {
            all &= look(hidden, layers - 1);
        }
        return all && text.isWhole();
    }

    private CheckResult result(String given) {
        Manifest manifest = whole.manifest();
        String name = manifest == null || manifest.name() == null ? given : manifest.name();
        String version = manifest == null ? null : manifest.version();
        List<CheckResult.Seen> seen = new ArrayList<>();
        sightings.seen().forEach((sign, places) -> seen.add(new CheckResult.Seen(sign, List.copyOf(places))));
        seen.sort((a, b) -> a.sign().weight() != b.sign().weight()
                ? b.sign().weight() - a.sign().weight()
                : a.sign().name().compareTo(b.sign().name()));
        return new CheckResult(
                name,
                version,
                manifest == null ? null : manifest.type(),
                purl(manifest),
                Score.of(sightings, code <= SMALL),
                seen,
                List.copyOf(whole.problems()),
                files);
    }

    private static @Nullable Purl purl(@Nullable Manifest manifest) {
        String name = manifest == null ? null : manifest.name();
        if (manifest == null || name == null || manifest.version() == null) {
            return null;
        }
        int colon = name.indexOf(':');
        try {
            return manifest.type().equals("maven")
                    ? Purl.of(
                            "maven",
                            colon < 0 ? null : name.substring(0, colon),
                            name.substring(colon + 1),
                            manifest.version())
                    : Purl.of(manifest.type(), null, name, manifest.version());
        } catch (BadPurl e) {
            return null;
        }
    }
}
