package uk.reeve.register.catalogue;

import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.catalogue.Readers.Council;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

/// Who reads the components of a release: its supplier says, and takes it back.
@Controller
public class ReaderPages {

    private static final int LONGEST_NAME = 200;

    private final Readers readers;
    private final Products products;

    ReaderPages(Readers readers, Products products) {
        this.readers = readers;
        this.products = products;
    }

    /// @param found councils that a typed name may mean
    public record ReaderList(ReleaseHead head, Form form, List<Council> granted, List<Council> found) {

        public boolean declared() {
            return head.release().declared() != null;
        }

        public boolean chosen() {
            return Sharing.GRANTED.word().equals(head.release().declared());
        }

        public String answer() {
            String audience = head.release().declared();
            return audience == null
                    ? "You have declared no SBOM of this release, so there is no list to read."
                    : chosen()
                            ? "You show this list to " + Words.count(granted.size(), "council") + " that you chose."
                            : "You show this list to " + Sharing.of(audience).whom() + ".";
        }

        public List<Option> audiences() {
            return SbomPages.audiences(head);
        }

        public List<Option> councils() {
            return found.stream()
                    .map(council -> Option.of(council.id().toString(), council.name()))
                    .toList();
        }
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @GetMapping("/products/{p}/releases/{v}/readers")
    Page list(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = own(p, v);
        return page(head, form, List.of());
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/readers/audience")
    View share(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = own(p, v);
        Sharing sharing = Sharing.chosen(form.value("audience"));
        if (sharing == null || !readers.share(head.release().id(), sharing)) {
            return page(head, form.refuse("audience", "Choose who may read the list of components"), List.of());
        }
        return SeeOther.to(head.path() + "/readers").saying("The list is shown to " + sharing.whom() + ".");
    }

    /// One council by its name; where several have such a name, one of them is asked for.
    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/readers")
    View grant(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = own(p, v);
        String name = Plain.of(form.value("name"));
        List<Council> found = name.isEmpty() || name.length() > LONGEST_NAME ? List.of() : readers.councils(name);
        if (found.isEmpty()) {
            return page(
                    head, form.refuse("name", "Enter the name of a council as it stands under Organisations"), found);
        }
        boolean exact = found.size() == 1 || found.getFirst().name().equalsIgnoreCase(name);
        Council council = found.stream()
                .filter(one -> one.id().toString().equals(form.value("council")))
                .findFirst()
                .orElse(exact ? found.getFirst() : null);
        if (council == null) {
            return page(head, form.refuse("council", "Choose one of these councils"), found);
        }
        readers.grant(head.release().id(), council.id());
        return SeeOther.to(head.path() + "/readers").saying(council.name() + " may read the list now.");
    }

    @Allowed(to = Asker.Kind.SUPPLIER, role = Asker.Role.EDITOR)
    @PostMapping("/products/{p}/releases/{v}/readers/revocation")
    View revoke(@PathVariable String p, @PathVariable String v, Form form) {
        ReleaseHead head = own(p, v);
        UUID id = Products.id(form.value("council"));
        Council council = readers.granted(head.release().id()).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        readers.revoke(head.release().id(), council.id());
        return SeeOther.to(head.path() + "/readers").saying(council.name() + " reads the list no more.");
    }

    private Page page(ReleaseHead head, Form form, List<Council> found) {
        if (!form.refused() || form.error("audience") == null) {
            form.with("audience", head.release().declared());
        }
        return Page.of(
                "catalogue/readers",
                new ReaderList(head, form, readers.granted(head.release().id()), found));
    }

    private ReleaseHead own(String p, String v) {
        ReleaseHead head = products.head(p, v);
        if (!head.standing().maker()) {
            throw Problem.NOT_FOUND.because("");
        }
        return head;
    }
}
