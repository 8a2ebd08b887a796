package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.reeve.engine.Shared;

/// What councils and their suppliers really run: every file of theirs is read without complaint. The counts are
/// printed; `-Dlockfiles.list=FILE` also writes every component, one a line.
class RealLockfilesTest {

    @Test
    void every_real_lock_file_is_read() throws IOException {
        List<Path> zips;
        try (Stream<Path> found = Files.list(Shared.path("data/lockfiles"))) {
            zips = found.filter(zip -> zip.toString().endsWith(".zip")).sorted().toList();
        }
        List<String> listed = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        int components = 0;
        for (Path zip : zips) {
            FixtureTree tree = FixtureTree.ofZip(zip);
            for (String path : tree.paths()) {
                for (Extractor extractor : Extractors.ALL) {
                    if (!extractor.wants(new ScanPath(path), tree.head(path))) {
                        continue;
                    }
                    String place = zip.getFileName() + "!" + path;
                    List<String> wrong = new ArrayList<>();
                    FixtureSink sink = Fixtures.said(extractor, tree.file(path), wrong);
                    wrong.forEach(message -> unreadable.add(place + " " + message));
                    components += sink.components.size();
                    System.out.println(sink.components.size() + "\t" + extractor.name() + "\t" + place);
                    sink.lines().forEach(line -> listed.add(place + "\t" + line));
                    sink.lines().stream()
                            .filter(line -> line.contains("cut short"))
                            .forEach(line -> unreadable.add(place + " " + line));
                }
            }
        }
        String list = System.getProperty("lockfiles.list");
        if (list != null) {
            Files.write(Path.of(list), listed);
        }
        System.out.println(components + " components");
        assertThat(unreadable).isEmpty();
        assertThat(components).isGreaterThan(2_000);
    }
}
