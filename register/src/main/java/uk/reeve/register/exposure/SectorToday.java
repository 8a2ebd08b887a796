package uk.reeve.register.exposure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import uk.reeve.register.advisory.Heading;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.today.TodayItem;
import uk.reeve.register.web.Words;

/// Flaws under attack to which suppliers have not said a word: to the coordinator those of the sector,
/// to a supplier its own.
@Component
class SectorToday implements TodayItem.Source {

    private static final int MOST = 10;

    private final JdbcClient jdbc;
    private final Sector sector;

    SectorToday(JdbcClient jdbc, Sector sector) {
        this.jdbc = jdbc;
        this.sector = sector;
    }

    @Override
    @Transactional(readOnly = true)
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person)) {
            return List.of();
        }
        return switch (person.kind()) {
            case COORDINATOR -> ofSector();
            case SUPPLIER -> own();
            default -> List.of();
        };
    }

    private List<TodayItem> ofSector() {
        return sector.worst(MOST).worst().stream()
                .filter(row -> row.kevAdded() != null && row.answered() < row.suppliers())
                .map(row -> new TodayItem(
                        3,
                        true,
                        row.heading() + " is under attack: "
                                + Words.count(row.councils(), "council runs", "councils run")
                                + " an affected release, and "
                                + Words.count(row.suppliers() - row.answered(), "supplier has", "suppliers have")
                                + " not answered",
                        "/sector/vulnerabilities/" + row.name()))
                .toList();
    }

    /// @param at a release that holds it
    record Silent(String name, @Nullable String title, int releases, String at) {}

    private List<TodayItem> own() {
        return jdbc.sql("""
                SELECT k.name, k.title, count(DISTINCT r.id)::int AS releases,
                       min('/products/' || coalesce(p.slug, p.id::text) || '/releases/' || r.version) AS at
                  FROM product p
                  JOIN release r ON r.product_id = p.id AND r.published_at IS NOT NULL AND r.merged_into IS NULL
                  JOIN sbom_document d ON d.release_id = r.id AND d.state = 'current' AND d.origin = 'declared'
                  JOIN set_component s ON s.component_set_id = d.component_set_id
                  JOIN component_finding f ON f.component_id = s.component_id AND f.exact AND f.withdrawn_at IS NULL
                  JOIN vulnerability k ON k.id = f.vulnerability_id AND k.kev_added IS NOT NULL AND k.merged_into IS NULL
                 WHERE p.supplier_id = asking_organisation() AND NOT EXISTS (
                       SELECT FROM statement w
                        WHERE w.release_id = r.id AND w.vulnerability_id = k.id AND w.organisation_id = p.supplier_id
                          AND w.superseded_at IS NULL AND w.withdrawn_at IS NULL)
                 GROUP BY k.id ORDER BY k.kev_added DESC, k.name LIMIT :most
                """).param("most", MOST).query(Silent.class).list().stream()
                .map(flaw -> new TodayItem(
                        3,
                        true,
                        Heading.of(flaw.name(), flaw.title()) + " is under attack: "
                                + Words.count(flaw.releases(), "release of yours holds it", "releases of yours hold it")
                                + ", and you have not said whether it is affected",
                        flaw.at() + "/findings"))
                .toList();
    }
}
