package uk.reeve.register.alert;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Confirm;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Row;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class WebhookPages {

    private static final String PATH = "/organisation/webhooks";
    private static final int SHOWN = 20;

    private final Webhooks webhooks;
    private final Deliveries deliveries;
    private final Outbound outbound;

    WebhookPages(Webhooks webhooks, Deliveries deliveries, Outbound outbound) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.outbound = outbound;
    }

    /// @param fresh the one just made, with its secret, shown this once
    public record Model(List<Webhooks.Webhook> webhooks, Webhooks.@Nullable Made fresh, Form form) {

        public String answer() {
            return webhooks.isEmpty()
                    ? "None. A webhook tells your own ticket system or chat of each alert at once."
                    : Words.count(webhooks.size(), "address is", "addresses are") + " told of each alert at once.";
        }
    }

    /// @param deliveries the last, newest first
    public record One(Webhooks.Webhook webhook, List<Deliveries.Row> deliveries) {

        public String answer() {
            if (deliveries.isEmpty()) {
                return "Nothing was sent to it yet.";
            }
            return switch (deliveries.getFirst().state()) {
                case "sent" -> "The last delivery arrived.";
                case "failed" -> "The last delivery did not arrive.";
                default -> "The last delivery has not arrived yet.";
            };
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @GetMapping(PATH)
    Page list() {
        return page(null, Form.of(Map.of("detail", List.of("neutral"))));
    }

    private Page page(Webhooks.@Nullable Made fresh, Form form) {
        return Page.of("alert/webhooks", new Model(webhooks.list(), fresh, form));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @PostMapping(PATH)
    Page add(Form form) {
        String wrong = outbound.wrong(form.text("url"));
        if (wrong != null) {
            form.refuse("url", wrong);
        }
        if (!Set.of("neutral", "full").contains(form.value("detail"))) {
            form.refuse("detail", "Choose what it is told");
        }
        if (webhooks.list().size() >= Webhooks.MOST) {
            form.refuse("url", "There are " + Webhooks.MOST + " already. Remove one first");
        }
        if (form.refused()) {
            return page(null, form);
        }
        Webhooks.Made made = webhooks.add(form.text("url"), form.value("detail"));
        return page(made, Form.of(Map.of("detail", List.of("neutral"))));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @GetMapping(PATH + "/{ref}")
    Page one(@PathVariable String ref) {
        Webhooks.Webhook webhook = find(ref);
        return Page.of("alert/webhook", new One(webhook, deliveries.to(webhook.id(), SHOWN)));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @PostMapping(PATH + "/{ref}/test")
    View test(@PathVariable String ref) {
        find(ref);
        webhooks.test(ref);
        return SeeOther.to(PATH + "/" + ref)
                .saying("A test is on its way. Load this page again to see what came of it");
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @PostMapping(PATH + "/{ref}/deliveries/{id}/replay")
    View replay(@PathVariable String ref, @PathVariable UUID id) {
        Webhooks.Webhook webhook = find(ref);
        boolean its = deliveries.to(webhook.id(), SHOWN).stream()
                .anyMatch(row -> row.id().equals(id));
        if (!its || !deliveries.again(id)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to(PATH + "/" + ref).saying("It is sent again now, with the same id");
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @GetMapping(PATH + "/{ref}/removal")
    Page removal(@PathVariable String ref) {
        Webhooks.Webhook webhook = find(ref);
        return new Confirm(
                        "Remove this webhook?",
                        "Nothing more is sent there, and what was sent is forgotten here. To add it again, the other side needs a new secret.",
                        List.of(Row.of("Address", webhook.url()), Row.of("Is told", webhook.tells())),
                        new NavLink("Back to the webhook", PATH + "/" + ref),
                        "Remove the webhook",
                        PATH + "/" + ref + "/removal")
                .page();
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.ADMINISTRATOR)
    @PostMapping(PATH + "/{ref}/removal")
    View remove(@PathVariable String ref) {
        if (!webhooks.remove(ref)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to(PATH).saying("The webhook is removed, and what was sent to it is forgotten");
    }

    private Webhooks.Webhook find(String ref) {
        return webhooks.find(ref).orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }
}
