package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import uk.reeve.engine.index.AdvisoryStore;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Which feeds there are, how fresh they are, and what went wrong last.
@Controller
public class SourcePages {

    private static final int HEAD = 10 << 20; // a CVE record may tell at its end that it is one

    private final AdvisoryLibrary library;
    private final Advisories advisories;
    private final Fetching fetching;
    private final OwnFeeds ownFeeds;
    private final FeedStates states;
    private final Freshness freshness;
    private final Editions editions;

    SourcePages(
            AdvisoryLibrary library,
            Advisories advisories,
            Fetching fetching,
            OwnFeeds ownFeeds,
            FeedStates states,
            Freshness freshness,
            Editions editions) {
        this.library = library;
        this.advisories = advisories;
        this.fetching = fetching;
        this.ownFeeds = ownFeeds;
        this.states = states;
        this.freshness = freshness;
        this.editions = editions;
    }

    /// @param older whether another node's copy is in force, and newer than this one's
    public record Sources(
            AdvisoryStore.Status status,
            List<Freshness.State> states,
            List<FeedLine> feeds,
            boolean fetched,
            boolean older,
            Form form) {

        public String answer() {
            return Words.count(status.records(), "advisory", "advisories") + " from "
                    + Words.count(status.sources().size(), "source") + ". "
                    + (feeds.getFirst().from() == FeedLine.From.ITSELF
                            ? "They are fetched once a day."
                            : "Nothing is fetched: set reeve.advisories.url, for example to osv, and start again.");
        }
    }

    /// A feed, and how it stands.
    ///
    /// @param setting which says from where
    /// @param from whether it is fetched by itself, with another, or not at all
    /// @param state null where it was never tried
    public record FeedLine(String title, String setting, From from, FeedStates.@Nullable State state) {

        /// Where a feed comes from.
        public enum From {
            ITSELF,
            BULK,
            NOWHERE
        }

        public String words() {
            return state != null && state.lastError() != null
                    ? "Failed"
                    : switch (from) {
                        case BULK -> "Fetched with the advisories";
                        case NOWHERE ->
                            state == null || state.fetchedAt() == null
                                    ? "Not fetched: " + setting + " is not set"
                                    : "Came as a file";
                        case ITSELF -> state == null ? "Not fetched yet" : "Well";
                    };
        }

        public String fetched() {
            return state == null || state.fetchedAt() == null
                    ? "Never by itself"
                    : Words.dateAndTime(state.fetchedAt());
        }

        public String records() {
            return state == null || state.fetchedAt() == null ? "" : Words.count(state.records());
        }

        public String asOf() {
            return state == null || state.asOf() == null ? "" : Words.date(state.asOf());
        }

        /// "Known exploited (KEV), tried 9:04am on 28 November 2026: …"; null where nothing went wrong.
        public @Nullable String error() {
            return state == null || state.lastError() == null || state.checkedAt() == null
                    ? null
                    : title + ": the fetch of " + Words.dateAndTime(state.checkedAt())
                            + " went wrong. What was here before is still in use. " + state.lastError();
        }
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @GetMapping("/admin/sources")
    Page sources(Form form) {
        return page(form);
    }

    private Page page(Form form) {
        List<FeedLine> feeds = new ArrayList<>();
        feeds.add(line(
                Fetching.TITLE,
                "reeve.advisories.url",
                Fetching.BULK,
                fetching.on() ? FeedLine.From.ITSELF : FeedLine.From.NOWHERE));
        for (Feed feed : Feed.values()) {
            String key = OwnFeeds.key(feed);
            feeds.add(line(
                    feed.title(),
                    "reeve." + key + ".url",
                    key,
                    ownFeeds.on(feed)
                            ? FeedLine.From.ITSELF
                            : feed != Feed.CVE && fetching.brings() ? FeedLine.From.BULK : FeedLine.From.NOWHERE));
        }
        boolean any = feeds.stream().anyMatch(feed -> feed.from() == FeedLine.From.ITSELF);
        return Page.of(
                "advisory/sources",
                new Sources(library.status(), freshness.states(), feeds, any, editions.older(), form));
    }

    private FeedLine line(String title, String setting, String key, FeedLine.From from) {
        return new FeedLine(title, setting, from, states.of(key).orElse(null));
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/sources")
    View take(@RequestParam("file") MultipartFile upload, Form form) {
        if (upload.isEmpty()) {
            return page(form.refuse("file", "Choose an advisory, a CVE record, KEV or EPSS"));
        }
        try {
            Path file = Files.createTempFile("reeve", ".json");
            try {
                upload.transferTo(file);
                Feed feed = feed(file);
                if (feed != null) {
                    return SeeOther.to("/admin/sources").saying(ownFeeds.take(feed, file));
                }
                Advisories.Received received = advisories.receive(file);
                return SeeOther.to("/admin/sources")
                        .saying(
                                received.news()
                                        ? received.id() + " is on record, and everyone whom it concerns is being told"
                                        : received.id() + " was on record already");
            } catch (Unreadable e) {
                return page(form.refuse("file", "The selected file " + e.getMessage()));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By what the file holds; null for an advisory, and what is none of these.
    private static @Nullable Feed feed(Path file) throws IOException {
        if (CveRecords.isZip(file)) {
            return Feed.CVE;
        }
        String head;
        try (InputStream in = Files.newInputStream(file)) {
            head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
        }
        return head.startsWith("\u001f\u008b") || head.startsWith("#model_version") || head.startsWith("cve,")
                ? Feed.EPSS
                : head.contains("\"CVE_RECORD\"") ? Feed.CVE : head.contains("\"catalogVersion\"") ? Feed.KEV : null;
    }

    /// This node's copy takes the place of a newer one whose node is gone for good.
    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/sources/edition")
    View insist() {
        editions.insist();
        return SeeOther.to("/admin/sources").saying("This node's advisories are in force");
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/sources/fetching")
    View fetch() {
        Thread.ofVirtual().name("fetch").start(() -> {
            fetching.now();
            ownFeeds.now();
        });
        return SeeOther.to("/admin/sources").saying("Fetching has begun. Load this page again to see how it went");
    }
}
