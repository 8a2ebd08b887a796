package uk.reeve.register.organisation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The councils of the United Kingdom and what became of former ones: `organisation/councils.tsv`, whose head names its
/// source and date.
final class CouncilList {

    /// @param code of the public registers, like `BUC`
    /// @param to the last day; null for a council that is
    /// @param replacedBy code of the successor; empty where there is none
    record Council(
            String code,
            String name,
            String slug,
            String type,
            String nation,
            String region,
            @Nullable String gssCode,
            @Nullable LocalDate from,
            @Nullable LocalDate to,
            String replacedBy) {}

    private CouncilList() {}

    static List<Council> read() {
        try (InputStream in = CouncilList.class.getResourceAsStream("/organisation/councils.tsv")) {
            if (in == null) {
                throw new IllegalStateException("organisation/councils.tsv is missing from this build");
            }
            List<Council> councils = new ArrayList<>();
            Set<String> slugs = new HashSet<>();
            List<String[]> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .sorted(Comparator.comparing(
                            (String[] part) -> !part[8].isEmpty())) // those that are have first choice
                    .toList();
            for (String[] part : lines) {
                String slug = part[2].isEmpty() ? slug(part[1]) : part[2];
                if (!slugs.add(slug)) {
                    slug = slug + "-" + part[0].toLowerCase(Locale.ROOT);
                }
                LocalDate to = day(part[8]);
                councils.add(new Council(
                        part[0],
                        part[1],
                        slug,
                        part[3],
                        part[4],
                        part[5],
                        to != null || part[6].isEmpty() ? null : part[6], // codes of former councils were given again
                        day(part[7]),
                        to,
                        part[9]));
            }
            return councils;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// "Dorset Council" is at `dorset`.
    private static String slug(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replaceAll("( borough| district| city| county)? council$", "")
                .replaceAll("[^a-z0-9]+", "-");
    }

    private static @Nullable LocalDate day(String text) {
        return text.isEmpty() ? null : LocalDate.parse(text);
    }
}
