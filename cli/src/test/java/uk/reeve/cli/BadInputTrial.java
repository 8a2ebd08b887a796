package uk.reeve.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;

/// Scans some thousand broken, hostile and cut files and writes down how each ended.
final class BadInputTrial {

    private final Path shared;
    private final BadInput input;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> silent = new ArrayList<>();
    private String slowest = "";
    private long slowestMillis;

    private BadInputTrial(Path shared, BadInput input) {
        this.shared = shared;
        this.input = input;
    }

    private static final class Row {
        private int tried;
        private int unreadable;
        private int partly;
        private int warned;
        private int silent;
        private int broke;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 3) {
            System.err.println("BadInputTrial DATA DATABASE REPORT.md");
            System.exit(2);
        }
        Path scratch = Files.createTempDirectory("bad-input");
        Path database = Path.of(args[1]).toAbsolutePath();
        String before = BadInput.listing(database);
        BadInputTrial trial = new BadInputTrial(Path.of(args[0]), new BadInput(scratch, database));
        trial.broken();
        trial.json();
        trial.hostile();
        trial.cut();
        trial.processes(scratch, database);
        if (!before.equals(BadInput.listing(database))) {
            trial.faults.add("the database was written to");
        }
        Path page = Path.of(args[2]);
        String old = Files.exists(page) ? Files.readString(page) : "";
        int fuzzing = old.indexOf("\n## Fuzzing"); // is measured by another command, and stays
        Files.writeString(page, trial.report() + (fuzzing < 0 ? "" : old.substring(fuzzing)));
        System.exit(trial.faults.isEmpty() ? 0 : 1);
    }

    private void broken() throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> file :
                entries("data/sboms/broken/broken.zip", _ -> true).entrySet()) {
            String name = file.getKey().substring(file.getKey().lastIndexOf('/') + 1);
            tell("broken SBOMs", file.getKey(), input.scan(name, file.getValue()));
        }
    }

    private void json() throws IOException, InterruptedException {
        Map<String, byte[]> suite = entries(
                "conformance/json/JSONTestSuite.zip", n -> n.startsWith("test_parsing/") && n.endsWith(".json"));
        for (String as : List.of("x.cdx.json", "package-lock.json")) {
            for (Map.Entry<String, byte[]> file : suite.entrySet()) {
                BadInput.Told told = input.scan(as, file.getValue());
                String name = file.getKey().substring("test_parsing/".length());
                tell("JSONTestSuite as " + as, name, told);
                if (name.startsWith("n_")
                        && told.status() == Exit.DONE
                        && told.lines().isEmpty()) {
                    faults.add(as + " " + name + ": is no JSON and was read without a word");
                }
                if (name.startsWith("y_") && told.lines().toString().contains("not valid JSON")) {
                    faults.add(as + " " + name + ": is JSON and was refused: " + told.lines());
                }
            }
        }
    }

    private void hostile() throws IOException, InterruptedException {
        for (String format : List.of("json", "xml", "yaml")) {
            List<Path> files;
            try (var all = Files.list(shared.resolve("conformance/hostile/" + format))) {
                files = all.sorted().toList();
            }
            for (Path file : files) {
                String name = file.getFileName().toString();
                byte[] content = Files.readAllBytes(file);
                if (name.endsWith(".xz")) {
                    try (XZInputStream xz = new XZInputStream(new ByteArrayInputStream(content))) {
                        content = xz.readAllBytes();
                    }
                    name = name.substring(0, name.length() - 3);
                }
                BadInput.Told told = input.scan(recognised(name, format), content);
                tell("hostile " + format, name, told);
                expect(name, told);
            }
        }
    }

    private static String recognised(String name, String format) {
        for (String known : List.of("package-lock.json", "pom.xml", "packages.config")) {
            if (name.endsWith(known)) {
                return known;
            }
        }
        return format.equals("yaml")
                ? "pnpm-lock.yaml"
                : name.equals("deep-arrays-100000.json") ? "deep-arrays.cdx.json" : name;
    }

    private void expect(String name, BadInput.Told told) {
        boolean refused = told.status() == Exit.INCOMPLETE;
        int least =
                switch (name) {
                    case "wide-30000.package-lock.json" -> 30_000;
                    case "utf16-le-bom.cdx.xml",
                            "xinclude.cdx.xml",
                            "schema-location.cdx.xml",
                            "prototype-names.cdx.json",
                            "html-in-name.cdx.json",
                            "cyclic-dependencies.cdx.json" -> 1;
                    case "stylesheet-pi.cdx.xml", "bom-utf8.cdx.json" -> 0;
                    case "billion-laughs.cdx.xml",
                            "quadratic-blowup.cdx.xml",
                            "xxe-file.cdx.xml",
                            "xxe-http.cdx.xml",
                            "xxe.pom.xml",
                            "bomb.packages.config",
                            "bomb.spdx.rdf",
                            "deep-20000.cdx.xml",
                            "duplicate-attribute.cdx.xml",
                            "wrong-encoding.cdx.xml",
                            "invalid-chars.cdx.xml",
                            "bom-and-blank.cdx.xml",
                            "deep-components-5000.cdx.json",
                            "deep-arrays-100000.json",
                            "utf16.cdx.json",
                            "billion-laughs.pnpm-lock.yaml",
                            "recursive-alias.yml",
                            "deep-10000.yml" -> -1;
                    default -> -2; // read or refused
                };
        if (least == -1 && !refused) {
            faults.add(name + ": must be refused, and was read " + told.lines());
        }
        if (least == 30_000 && told.components() != 30_000) {
            faults.add(name + ": has 30,000 components, and " + told.components() + " were read");
        }
        if (least >= 0 && (refused || told.components() < least)) {
            faults.add(name + ": must be read: " + told.components() + " components, " + told.lines());
        }
    }

    private record Real(String zip, String path, String name) {}

    private static final List<Real> REAL = List.of(
            new Real("data/sboms/cyclonedx-bom-examples.zip", "SBOM/cern-lhc-vdm-editor-e564943/bom.json", "bom.json"),
            new Real("data/sboms/cyclonedx-bom-examples.zip", "SBOM/cern-lhc-vdm-editor-e564943/bom.xml", "bom.xml"),
            new Real("data/sboms/syft-grype.zip", "alpine-3.10.syft.spdx.json", "a.spdx.json"),
            new Real("data/sboms/in-the-wild.zip", "cbor-sbom.spdx", "a.spdx"),
            new Real(
                    "data/lockfiles/LBHackney-IT+Data-Platform.zip",
                    "sftp_to_s3/package-lock.json",
                    "package-lock.json"),
            new Real("data/lockfiles/unboxed+bops.zip", "yarn.lock", "yarn.lock"),
            new Real("data/lockfiles/*", "poetry.lock", "poetry.lock"),
            new Real("data/lockfiles/*", "uv.lock", "uv.lock"),
            new Real("data/lockfiles/*", "pnpm-lock.yaml", "pnpm-lock.yaml"),
            new Real("data/lockfiles/*", "Pipfile.lock", "Pipfile.lock"),
            new Real("data/lockfiles/*", "cpanfile.snapshot", "cpanfile.snapshot"),
            new Real("data/lockfiles/unboxed+bops.zip", "Gemfile.lock", "Gemfile.lock"),
            new Real("data/lockfiles/*", "composer.lock", "composer.lock"),
            new Real("data/lockfiles/LBHackney-IT+Data-Platform.zip", "external-lib/pom.xml", "pom.xml"));

    private void cut() throws IOException, InterruptedException {
        for (Real real : REAL) {
            byte[] whole = find(real);
            for (int i = 1; i <= 20; i++) {
                int length = (int) ((long) whole.length * i / 21);
                BadInput.Told told = input.scan(real.name(), Arrays.copyOf(whole, length));
                tell("cut " + real.name(), length + " of " + whole.length + " bytes", told);
                if (told.lines().isEmpty()) {
                    silent.add("`%s`, %d of %d bytes, after `%s`"
                            .formatted(real.name(), length, whole.length, lastLine(whole, length)));
                }
            }
        }
    }

    private static String lastLine(byte[] whole, int length) {
        String text = new String(whole, 0, length, StandardCharsets.UTF_8).stripTrailing();
        int line = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
        return text.substring(Math.max(line, text.length() - 80)).strip();
    }

    private byte[] find(Real real) throws IOException {
        List<String> zips = new ArrayList<>();
        if (real.zip().endsWith("*")) {
            Path folder = shared.resolve(real.zip()).getParent();
            try (var all = Files.list(folder)) {
                all.filter(p -> p.toString().endsWith(".zip"))
                        .sorted()
                        .forEach(p -> zips.add(shared.relativize(p).toString()));
            }
        } else {
            zips.add(real.zip());
        }
        byte[] largest = new byte[0];
        for (String zip : zips) {
            for (byte[] content : entries(zip, n -> n.endsWith(real.path())).values()) {
                largest = content.length > largest.length ? content : largest;
            }
        }
        if (largest.length == 0) {
            throw new IOException("no " + real.path() + " in " + zips);
        }
        return largest;
    }

    private void processes(Path scratch, Path database) throws IOException, InterruptedException {
        for (String name : List.of(
                "xml/billion-laughs.cdx.xml",
                "xml/wrong-encoding.cdx.xml",
                "xml/deep-20000.cdx.xml",
                "json/deep-arrays-100000.json",
                "json/huge-number.cdx.json",
                "yaml/recursive-alias.yml")) {
            Path file = shared.resolve("conformance/hostile/" + name);
            Path out = Files.createTempFile(scratch, "out", ".json");
            Path err = Files.createTempFile(scratch, "err", ".txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "uk.reeve.cli.Reeve",
                            "scan",
                            file.toString(),
                            "--format",
                            "json",
                            "--db",
                            database.toString())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            long start = System.nanoTime();
            boolean ended = process.waitFor(BadInput.LIMIT.toSeconds(), TimeUnit.SECONDS);
            Row row = rows.computeIfAbsent("as a process", _ -> new Row());
            row.tried++;
            String said = Files.readString(err).strip();
            time(name, (System.nanoTime() - start) / 1_000_000);
            if (!ended) {
                process.destroyForcibly();
                faults.add("process " + name + ": not done after 10 s");
                row.broke++;
            } else if (!said.isEmpty()
                    || (process.exitValue() != Exit.INCOMPLETE && process.exitValue() != Exit.DONE)) {
                faults.add("process " + name + ": status " + process.exitValue() + ", " + said);
                row.broke++;
            } else if (process.exitValue() == Exit.INCOMPLETE) {
                row.unreadable++;
            } else {
                row.silent++;
            }
        }
    }

    private void time(String name, long millis) {
        if (millis > slowestMillis) {
            slowestMillis = millis;
            slowest = name;
        }
    }

    private void tell(String group, String name, BadInput.Told told) {
        Row row = rows.computeIfAbsent(group, _ -> new Row());
        row.tried++;
        String lines = told.lines().toString();
        if (!told.faults().isEmpty()) {
            row.broke++;
        }
        if (lines.contains("unreadable ")) {
            row.unreadable++;
        } else if (told.status() == Exit.INCOMPLETE) {
            row.partly++;
        } else if (!told.lines().isEmpty()) {
            row.warned++;
        } else {
            row.silent++;
        }
        time(name, told.took().toMillis());
        for (String fault : told.faults()) {
            faults.add(group + ", " + name + ": " + fault);
        }
    }

    private Map<String, byte[]> entries(String zip, Predicate<String> wanted) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(shared.resolve(zip)))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && wanted.test(entry.getName())) {
                    found.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return found;
    }

    private String report() {
        StringBuilder page = new StringBuilder("""
                # Bad input

                What `reeve scan FILE --format json` makes of files that are broken, hostile or cut short.
                Made on %s by

                ```
                java -Xmx512m -cp … uk.reeve.cli.BadInputTrial DATA DATABASE docs/reference/bad-input.md
                ```

                Each file was scanned by itself and in a folder beside a good lock file, in one process with 512 MB; the
                last group as processes of their own. A file keeps the rules when

                - the report is JSON, and has one line each for what is wrong, with the file, and the line where one is
                  known;
                - the exit status is 3 if something could not be read, else 0;
                - nothing is on standard error, and no message shows a class or a trace of the program;
                - it takes less than 10 seconds, nothing is written, and the good file beside it is reported.

                Some broken SBOMs break only a rule of their schema that does not matter here; they are read without a
                word.

                A file that was cut exactly between two whole entries cannot be noticed where the format has no end
                marker (tag-value SPDX, `yarn.lock`, `Cargo.lock`, `uv.lock`, `go.sum`, `cpanfile.snapshot`), unless an
                entry before needs one that is lost. Those of the trial that stayed without a word are listed below. What
                is noticed: a last line without its end (not in files that people write, like `requirements.txt`), an
                open quotation mark, block or entry, a missing last section (`Gemfile.lock`, `poetry.lock`,
                `Podfile.lock`, `pubspec.lock`), and a package that is needed and not there (`yarn.lock`,
                `pnpm-lock.yaml`, `Cargo.lock`, `uv.lock`).

                | Files | Tried | Unreadable | Partly read | Warned of | Read without a word | Broke a rule |
                |---|--:|--:|--:|--:|--:|--:|
                """.formatted(LocalDate.now()));
        Row sum = new Row();
        for (Map.Entry<String, Row> row : rows.entrySet()) {
            Row r = row.getValue();
            line(page, row.getKey(), r);
            sum.tried += r.tried;
            sum.unreadable += r.unreadable;
            sum.partly += r.partly;
            sum.warned += r.warned;
            sum.silent += r.silent;
            sum.broke += r.broke;
        }
        line(page, "all", sum);
        page.append("\nSlowest: ")
                .append(slowest)
                .append(", ")
                .append(slowestMillis)
                .append(" ms.\n");
        page.append("\n## Cut, and read without a word\n\n");
        page.append(silent.isEmpty() ? "None.\n" : "");
        for (String one : silent) {
            page.append("- ").append(plain(one)).append('\n');
        }
        page.append("\n## What broke a rule\n\n");
        page.append(faults.isEmpty() ? "Nothing.\n" : "");
        for (String fault : faults) {
            page.append("- ").append(plain(fault)).append('\n');
        }
        return page.toString();
    }

    private static String plain(String text) {
        String shown = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return shown.replace('\n', ' ');
    }

    private static void line(StringBuilder page, String group, Row r) {
        page.append("| %s | %d | %d | %d | %d | %d | %d |%n"
                .formatted(group, r.tried, r.unreadable, r.partly, r.warned, r.silent, r.broke));
    }
}
