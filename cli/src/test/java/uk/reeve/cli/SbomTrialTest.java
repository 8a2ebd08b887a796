package uk.reeve.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.engine.Shared;
import uk.reeve.engine.sbom.Component;
import uk.reeve.engine.sbom.Sbom;

/// Every SBOM at hand is checked, converted to the other format, and back: what is written is valid by its schema, and
/// the same packages are in it. Asked for by `-Dtrials=true`; docs/explanation/trials.md has the counts.
@EnabledIfSystemProperty(named = "trials", matches = "true")
class SbomTrialTest {

    @TempDir
    Path folder;

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();

    @Test
    void each_sbom_is_checked_and_goes_to_the_other_format_and_back() throws Exception {
        Workbench bench = new Workbench(folder);
        List<Path> zips;
        try (Stream<Path> all = Files.list(Shared.path("data/sboms"))) {
            zips = all.filter(path -> path.toString().endsWith(".zip")).sorted().toList();
        }
        for (Path zip : zips) {
            try (ZipFile open = new ZipFile(zip.toFile())) {
                for (ZipEntry entry :
                        open.stream().filter(e -> !e.isDirectory()).toList()) {
                    Files.write(folder.resolve("in"), open.getInputStream(entry).readAllBytes());
                    tell(zip.getFileName() + "/" + entry.getName(), bench);
                }
            }
        }
        System.out.println(counts);
        assertThat(faults).isEmpty();
        assertThat(counts)
                .containsEntry("valid", 628)
                .containsEntry("invalid", 100)
                .containsEntry("not-done", 108)
                .containsEntry("refused", 3);
    }

    private void tell(String name, Workbench bench) throws Exception {
        int status = bench.run("sbom", "check", "in", "--format", "json");
        if (status == Exit.INCOMPLETE && bench.err().lines().count() == 1) {
            counts.merge("refused", 1, Integer::sum);
            return;
        }
        counts.merge(result(bench), 1, Integer::sum);
        Sbom in = bench.read("in");
        boolean spdx = in.format().equals("SPDX");
        convert("in", "there", spdx ? "cyclonedx" : "spdx", bench, name);
        convert("there", "back", spdx ? "spdx" : "cyclonedx", bench, name);
        if (!purls(in).equals(purls(bench.read("back")))) {
            faults.add(name + ": other packages");
        }
    }

    private void convert(String from, String to, String format, Workbench bench, String name) throws IOException {
        int status = bench.run("sbom", "convert", from, "--format", format, "-o", to);
        bench.run("sbom", "check", to, "--format", "json");
        if (status != Exit.DONE || !result(bench).equals("valid")) {
            faults.add(name + " as " + format + ": " + status + " " + bench.err() + bench.out());
        }
    }

    private static String result(Workbench bench) {
        return bench.out().replaceFirst("(?s).*?\"result\" : \"([a-z-]+)\".*", "$1");
    }

    private static List<String> purls(Sbom sbom) {
        return sbom.components().stream()
                .map(Component::purl)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .sorted()
                .toList();
    }
}
