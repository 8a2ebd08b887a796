package uk.reeve.engine.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import uk.reeve.engine.index.SupportDates;
import uk.reeve.engine.input.Unreadable;

/// Invented products.
final class GivenDates {

    static final String TEAPOT = """
            ---
            title: Teapot
            permalink: /teapot
            category: framework
            eoesColumn: Teapot <abbr title="Long Term Support">LTS</abbr>
            releasePolicyLink: https://teapot.example/support
            identifiers:
              - purl: pkg:npm/%40pots/teapot
              - purl: pkg:deb/debian/teapot
              - purl: pkg:oci/teapot?repository_url=registry.example
              - cpe: cpe:2.3:a:pots:teapot
            releases:
              - releaseCycle: "3.10"
                releaseDate: 2026-01-10
                eol: false
                latest: "3.10.2"
              - releaseCycle: "3.9"
                releaseDate: 2025-01-10
                eol: 2027-03-01
                lts: true
                latest: "3.9.9"
              - releaseCycle: "3.1" # not 3.10
                releaseDate: 2024-01-10
                eoas: 2024-06-30
                eol: 2025-06-30
                eoes: 2028-06-30
                latest: "3.1.4"
              - releaseCycle: "2"
                releaseDate: 2020-01-10
                eol: true
                latest: "2.8.1"
            ---

            > A teapot.
            """;

    static final String DEBIAN = """
            ---
            title: Debian
            permalink: /debian
            category: os
            eoesColumn: Debian LTS
            releases:
              - releaseCycle: "12"
                codename: "Bookworm"
                releaseDate: 2023-06-10
                eol: 2027-07-11
              - releaseCycle: "10"
                codename: "Buster"
                releaseDate: 2019-07-06
                eol: 2022-09-10
                eoes: 2024-06-30
            ---
            """;

    private GivenDates() {}

    static ProductReader.Found product(String page) throws IOException, Unreadable {
        return ProductReader.read(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)));
    }

    /// The dates of these pages.
    static SupportDates dates(Path dir, String... pages) throws Exception {
        SupportDates.Builder builder = new SupportDates.Builder().asOf(LocalDate.parse("2026-11-01"));
        for (String page : pages) {
            builder.add(product(page));
        }
        Path file = dir.resolve("support-" + List.of(pages).hashCode() + ".sup");
        Files.deleteIfExists(file);
        builder.write(file);
        SupportDates dates = SupportDates.open(file);
        dates.verify();
        return dates;
    }
}
