package uk.reeve.register.catalogue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.register.advisory.Freshness;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Inside.Counts;
import uk.reeve.register.catalogue.Inside.Document;
import uk.reeve.register.web.Basis;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// SBOMs in, by a form, and what became of each.
@Controller
public class SbomPages {

    private final Products products;
    private final Sboms sboms;
    private final Inside inside;
    private final Freshness freshness;
    private final Clock clock;

    SbomPages(Products products, Sboms sboms, Inside inside, Freshness freshness, Clock clock) {
        this.products = products;
        this.sboms = sboms;
        this.inside = inside;
        this.freshness = freshness;
        this.clock = clock;
    }

    public record Upload(ReleaseHead head, Form form) {

        public List<Option> audiences() {
            return SbomPages.audiences(head);
        }
    }

    /// A council that observed chooses no councils: it is not named.
    static List<Option> audiences(ReleaseHead head) {
        Option verified = Option.of("verified", "Verified councils");
        Option everyone = Option.of("public", "Everyone, signed in or not");
        Option nobody = Option.of("nobody", "Nobody but us");
        return head.standing().maker()
                ? List.of(
                        verified,
                        everyone,
                        Option.of("granted", "Councils that you choose").hint("You name them on the release's page"),
                        nobody.hint("Councils that run the release are still told of flaws in it"))
                : List.of(verified, everyone, nobody.hint("Flaws in it count for your own systems only"));
    }

    public record Received(Document document, ReleaseHead head, Counts counts, Basis basis, Instant now) {

        public String answer() {
            return document.state().equals("current")
                    ? "It is in: " + Inside.answer(document, counts, basis)
                    : document.state().equals("superseded")
                            ? "A newer one has taken its place."
                            : "It no longer counts"
                                    + (document.stateReason() == null ? "." : ": " + document.stateReason());
        }

        public String matched() {
            return document.evaluated() < document.components()
                    ? Words.count(document.evaluated()) + " of " + Words.count(document.components())
                            + " components so far"
                    : Words.count(document.checkable()) + " of " + Words.count(document.components())
                            + " components can be checked"
                            + (basis.asOf() == null ? "" : ", by advisories" + basis.words());
        }

        public boolean waiting() {
            return document.evaluated() < document.components();
        }

        public long passed() {
            return document.quality().stream()
                    .filter(Inside.QualityLine::passed)
                    .count();
        }

        public int points() {
            return document.quality().stream()
                    .mapToInt(Inside.QualityLine::points)
                    .sum();
        }
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/{v}/sboms/new")
    Page upload(@PathVariable String p, @PathVariable String v, Form form) {
        return Page.of("catalogue/new-sbom", new Upload(uploadable(p, v), form.with("audience", "verified")));
    }

    @Allowed(
            to = {Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL},
            role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/sboms/new")
    View uploaded(
            @PathVariable String p,
            @PathVariable String v,
            @RequestParam(required = false) @Nullable MultipartFile file,
            Form form) {
        ReleaseHead head = uploadable(p, v);
        Sharing sharing = Sharing.chosen(form.value("audience"));
        if (sharing == Sharing.GRANTED && !head.standing().maker()) {
            sharing = null;
        }
        if (file == null || file.isEmpty()) {
            form.refuse("file", "Choose a file: a CycloneDX or SPDX SBOM");
        }
        if (sharing == null) {
            form.refuse("audience", "Choose who may read the list of components");
        }
        if (!form.refused()) {
            try {
                Sboms.Stored stored = store(
                        head,
                        Objects.requireNonNull(sharing),
                        Objects.requireNonNull(file),
                        form.chosen("sure", "yes"));
                return SeeOther.to("/sboms/" + stored.ref())
                        .saying(stored.known() ? "These bytes were here already. Nothing changed." : "SBOM received.");
            } catch (Sboms.OfAnother e) {
                form.refuse("sure", e.getMessage() + ". If it is right all the same, say so and choose the file again");
            } catch (Unreadable e) {
                form.refuse("file", e.at(FileName.of(file)));
            }
        }
        return Page.of("catalogue/new-sbom", new Upload(head, form));
    }

    private Sboms.Stored store(ReleaseHead head, Sharing sharing, MultipartFile file, boolean sure)
            throws Unreadable, Sboms.OfAnother {
        Sboms.Origin origin = head.standing().maker() ? Sboms.Origin.DECLARED : Sboms.Origin.OBSERVED;
        Path kept = null;
        try {
            kept = Files.createTempFile("sbom", null);
            file.transferTo(kept);
            try {
                return sboms.store(head.release().id(), origin, sharing.word(), kept, sure);
            } catch (DuplicateKeyException e) { // the same source sent another at the same moment: now it is there
                return sboms.store(head.release().id(), origin, sharing.word(), kept, sure);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(kept);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Allowed(anyone = true)
    @GetMapping("/sboms/{ref}")
    Page received(@PathVariable String ref) {
        Document document = inside.byRef(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return Page.of(
                "catalogue/sbom",
                new Received(
                        document,
                        products.head(document.release()),
                        inside.counts(document),
                        freshness.of(inside.types(document)),
                        clock.instant()));
    }

    /// The original bytes.
    @Allowed(anyone = true)
    @GetMapping("/sboms/{ref}/original")
    ResponseEntity<Resource> original(@PathVariable String ref) throws IOException {
        byte[] gzip = inside.original(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(ref).build().toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new InputStreamResource(new GZIPInputStream(new ByteArrayInputStream(gzip))));
    }

    /// A release of the asking supplier's own, or any for a council.
    private ReleaseHead uploadable(String p, String v) {
        ReleaseHead head = products.head(p, v);
        if (!head.standing().uploads()) {
            throw Problem.NOT_FOUND.because("");
        }
        return head;
    }
}
