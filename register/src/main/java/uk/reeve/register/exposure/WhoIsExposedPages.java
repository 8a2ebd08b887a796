package uk.reeve.register.exposure;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.exposure.WhoIsExposed.Answer;
import uk.reeve.register.exposure.WhoIsExposed.Question;
import uk.reeve.register.web.Column;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Words;

/// `/who-is-exposed`: one box for everything (PAGES, journey f).
@Controller
public class WhoIsExposedPages {

    private static final int MOST_A_MINUTE = 60;
    private static final int MOST_ASKERS = 10_000;
    private static final int MOST_SHOWN = 200;

    private final WhoIsExposed whoIsExposed;
    private final Clock clock;
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile long minute;

    WhoIsExposedPages(WhoIsExposed whoIsExposed, Clock clock) {
        this.whoIsExposed = whoIsExposed;
        this.clock = clock;
    }

    /// @param answer null before anything was asked
    /// @param council whether own systems are told
    public record Model(@Nullable Answer answer, boolean council) {

        public String title() {
            if (answer == null) {
                return "Who is exposed?";
            }
            return switch (answer.question()) {
                case Question.OfVulnerability asked -> "Who is exposed to " + asked.name() + "?";
                case Question.OfPackage asked ->
                    "Who is exposed to " + (asked.namespace().isEmpty() ? "" : asked.namespace() + "/") + asked.name()
                            + (asked.version().isEmpty() ? asked.range() : " " + asked.version()) + "?";
                case Question.OfProduct asked -> "Who runs " + asked.product().name() + "?";
                case Question.OfSbom _ -> "Whose SBOM is this?";
                case Question.Unreadable _ -> "Who is exposed?";
            };
        }

        /// How the query was read.
        public String read() {
            if (answer == null) {
                return "";
            }
            return switch (answer.question()) {
                case Question.OfVulnerability asked -> "Read as the vulnerability " + asked.name() + ".";
                case Question.OfPackage asked ->
                    "Read as the package "
                            + (asked.type().isEmpty() ? "" : asked.type() + "/")
                            + (asked.namespace().isEmpty() ? "" : asked.namespace() + "/")
                            + asked.name()
                            + (!asked.version().isEmpty()
                                    ? ", version " + asked.version()
                                    : !asked.range().isEmpty() ? ", versions " + asked.range() : ", any version")
                            + (asked.type().isEmpty() ? ", of any ecosystem." : ".");
                case Question.OfProduct asked ->
                    "Read as the product " + asked.product().name() + ".";
                case Question.OfSbom _ -> "Read as the SHA-256 of an SBOM.";
                case Question.Unreadable _ -> "";
            };
        }

        public String said() {
            if (answer == null) {
                return "Ask for a vulnerability, a package, a range of its versions, a product or an SBOM.";
            }
            if (answer.question() instanceof Question.Unreadable unreadable) {
                return unreadable.why();
            }
            int releases = answer.holders().size();
            String own = council ? "You: " + Words.count(answer.own().size(), "system") + ". " : "";
            String sector = answer.beyond().councils() == null
                    ? ""
                    : "Sector: " + answer.beyond().councils()
                            + (answer.beyond().councils().equals("none") ? ". " : " councils. ");
            String known = releases == 0
                    ? answer.beyond().closed() == 0
                            ? "No release known here contains it."
                            : "No release whose list you may read contains it."
                    : cut() ? "More than 200 releases." : Words.count(releases, "release") + ".";
            return own + sector + known;
        }

        public boolean cut() {
            return answer != null && answer.holders().size() > MOST_SHOWN;
        }

        public boolean verdicts() {
            return answer != null && answer.question() instanceof Question.OfVulnerability;
        }

        /// The columns named, and with a vulnerability its verdict.
        public List<Column> columns(String... names) {
            return Stream.concat(Stream.of(names), verdicts() ? Stream.of("Verdict") : Stream.empty())
                    .map(Column::of)
                    .toList();
        }

        /// What may have been meant where the query could not be read.
        public List<String> near() {
            return answer != null && answer.question() instanceof Question.Unreadable unreadable
                    ? unreadable.near()
                    : List.of();
        }

        public boolean unreadable() {
            return answer == null || answer.question() instanceof Question.Unreadable;
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/who-is-exposed")
    Page ask(@RequestParam(defaultValue = "") String q, HttpServletRequest request) {
        boolean council = Asking.now() instanceof Asker.Person person && person.kind() == Asker.Kind.COUNCIL;
        if (q.isBlank()) {
            return Page.of("exposure/who-is-exposed", new Model(null, council));
        }
        limit(request);
        return Page.of("exposure/who-is-exposed", new Model(whoIsExposed.ask(q), council));
    }

    /// Many a query one by one would undo the bands (RULINGS 21): each person, or each address, gets so many a minute.
    private void limit(HttpServletRequest request) {
        long now = clock.millis() / 60_000;
        if (now != minute || asked.size() > MOST_ASKERS) {
            minute = now;
            asked.clear();
        }
        String who = Asking.now() instanceof Asker.Person person
                ? person.person().toString()
                : String.valueOf(request.getRemoteAddr());
        if (asked.computeIfAbsent(who, _ -> new AtomicInteger()).incrementAndGet() > MOST_A_MINUTE) {
            throw Problem.TOO_MANY_REQUESTS.because("");
        }
    }
}
