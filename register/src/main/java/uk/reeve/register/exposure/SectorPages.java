package uk.reeve.register.exposure;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import uk.reeve.register.advisory.Vulnerabilities;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Words;

@Controller
public class SectorPages {

    private static final int MOST = 100;

    private final Sector sector;
    private final Vulnerabilities vulnerabilities;

    SectorPages(Sector sector, Vulnerabilities vulnerabilities) {
        this.sector = sector;
        this.vulnerabilities = vulnerabilities;
    }

    /// @param worst known-exploited ones first
    /// @param asOf null: not counted yet
    public record Overview(List<Sector.Row> worst, @Nullable Instant asOf) {

        public String answer() {
            long exploited =
                    worst.stream().filter(row -> row.kevAdded() != null).count();
            return worst.isEmpty()
                    ? "No council runs a release with a known flaw, as far as councils have listed what they run."
                    : exploited == 0
                            ? "No flaw that is known to be exploited touches a council."
                            : Words.count(exploited, "flaw") + " known to be exploited "
                                    + (exploited == 1 ? "touches" : "touch") + " councils.";
        }
    }

    public record Detail(Vulnerabilities.Vulnerability vulnerability, Sector.Picture sector, Instant asOf) {

        /// A count, or that it is too small to be told.
        public static String told(int councils) {
            return councils < 0 ? "too few to say" : Words.count(councils);
        }

        public String answer() {
            long silent = sector.products().stream()
                    .filter(row -> row.status() == null)
                    .count();
            return Words.count(sector.councils(), "council runs", "councils run") + " an affected release. "
                    + (silent == 0
                            ? "Every supplier has said what it knows."
                            : Words.count(silent, "product has", "products have") + " no word from the supplier yet.");
        }
    }

    @Allowed(to = Asker.Kind.COORDINATOR)
    @GetMapping("/sector")
    Page overview() {
        Sector.Counted counted = sector.worst(MOST);
        return Page.of("exposure/sector", new Overview(counted.worst(), counted.at()));
    }

    @Allowed(to = Asker.Kind.COORDINATOR)
    @GetMapping("/sector/vulnerabilities/{name}")
    Page one(@PathVariable String name) {
        Vulnerabilities.Vulnerability found =
                vulnerabilities.byName(name).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return Page.of("exposure/sector-vulnerability", new Detail(found, sector.of(found.id()), Instant.now()));
    }
}
