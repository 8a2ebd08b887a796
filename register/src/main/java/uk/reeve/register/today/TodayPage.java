package uk.reeve.register.today;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Words;

@Controller
public class TodayPage {

    private static final int MOST = 7;

    private final List<TodayItem.Source> sources;

    TodayPage(List<TodayItem.Source> sources) {
        this.sources = sources;
    }

    /// @param needs at most seven, the most urgent first
    /// @param more how many there are beyond them
    /// @param bases the advisories that they rest on
    public record Model(List<TodayItem> needs, List<TodayItem> quiet, int more, List<Basis> bases) {

        public String answer() {
            return needs.isEmpty()
                    ? "Nothing needs you."
                    : Words.count((long) needs.size() + more, "thing needs you.", "things need you.");
        }

        /// Where those beyond them stand; null where no list holds them all.
        public @Nullable String rest() {
            return switch (Asking.person().kind()) {
                case COUNCIL -> "/exposures";
                case COORDINATOR -> "/sector";
                default -> null;
            };
        }
    }

    @Allowed
    @GetMapping("/today")
    Page today() {
        List<TodayItem> all = new ArrayList<>();
        sources.forEach(source -> all.addAll(source.today()));
        all.sort(Comparator.comparingInt(TodayItem::rank));
        List<TodayItem> needs = all.stream().filter(TodayItem::urgent).toList();
        return Page.of(
                "today/today",
                new Model(
                        needs.stream().limit(MOST).toList(),
                        all.stream().filter(item -> !item.urgent()).toList(),
                        Math.max(0, needs.size() - MOST),
                        all.stream()
                                .map(TodayItem::basis)
                                .filter(Objects::nonNull)
                                .toList()));
    }
}
