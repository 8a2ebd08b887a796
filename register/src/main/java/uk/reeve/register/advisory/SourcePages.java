package uk.reeve.register.advisory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final AdvisoryLibrary library;
    private final Advisories advisories;
    private final Fetching fetching;
    private final Freshness freshness;
    private final Editions editions;

    SourcePages(
            AdvisoryLibrary library, Advisories advisories, Fetching fetching, Freshness freshness, Editions editions) {
        this.library = library;
        this.advisories = advisories;
        this.fetching = fetching;
        this.freshness = freshness;
        this.editions = editions;
    }

    /// @param older whether another node's copy is in force, and newer than this one's
    /// @param error the last fetch's; null where it went well or there was none
    public record Sources(
            AdvisoryStore.Status status,
            List<Freshness.State> states,
            boolean fetched,
            boolean older,
            @Nullable String error,
            Form form) {

        public String answer() {
            return Words.count(status.records(), "advisory", "advisories") + " from "
                    + Words.count(status.sources().size(), "source") + ". "
                    + (fetched
                            ? "They are fetched once a day."
                            : "Nothing is fetched: set reeve.advisories.url, for example to osv, and start again.");
        }
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @GetMapping("/admin/sources")
    Page sources(Form form) {
        return page(form);
    }

    private Page page(Form form) {
        String error = fetching.state().map(Fetching.State::error).orElse(null);
        return Page.of(
                "advisory/sources",
                new Sources(library.status(), freshness.states(), fetching.on(), editions.older(), error, form));
    }

    @Allowed(to = Asker.Kind.ADMINISTRATOR)
    @PostMapping("/admin/sources")
    View take(@RequestParam("file") MultipartFile upload, Form form) {
        if (upload.isEmpty()) {
            return page(form.refuse("file", "Choose an advisory in OSV's form"));
        }
        try {
            Path file = Files.createTempFile("reeve", ".json");
            try {
                upload.transferTo(file);
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
        Thread.ofVirtual().name("fetch").start(fetching::now);
        return SeeOther.to("/admin/sources").saying("Fetching has begun. Load this page again to see how it went");
    }
}
