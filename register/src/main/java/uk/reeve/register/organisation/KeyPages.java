package uk.reeve.register.organisation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
public class KeyPages {

    private static final List<String> SCOPES = List.of("read", "publish");

    private final Keys keys;

    KeyPages(Keys keys) {
        this.keys = keys;
    }

    /// @param fresh the key just made, shown this once
    public record KeyList(List<Keys.Key> keys, @Nullable String fresh, Form form, Instant now) {}

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/keys")
    Page keys(Form form) {
        return page(null, form);
    }

    private Page page(@Nullable String fresh, Form form) {
        return Page.of("organisation/keys", new KeyList(keys.list(), fresh, form, Instant.now()));
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/keys")
    Page make(Form form) {
        if (form.text("name").isEmpty() || form.text("name").length() > 100) {
            form.refuse("name", "Enter what the key is for, in at most 100 characters");
        }
        if (!SCOPES.contains(form.value("scope"))) {
            form.refuse("scope", "Choose what the key may do");
        }
        if (form.refused()) {
            return page(null, form);
        }
        String fresh = keys.make(form.text("name"), form.value("scope"), Duration.ofDays(365));
        return page(fresh, Form.of(java.util.Map.of()));
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @GetMapping("/organisation/keys/{id}/revocation")
    Page revocation(@PathVariable UUID id) {
        Keys.Key key = find(id);
        return new Confirm(
                        "Revoke this key?",
                        "What uses it is refused from then on. It cannot be made to work again.",
                        List.of(
                                Row.of("For", key.name()),
                                Row.of("May", key.scope()),
                                Row.of("Last used", key.lastUsedAt() == null ? "Never" : Words.date(key.lastUsedAt()))),
                        new NavLink("Back to API keys", "/organisation/keys"),
                        "Revoke " + key.name(),
                        "/organisation/keys/" + id + "/revocation")
                .page();
    }

    private Keys.Key find(UUID id) {
        return keys.list().stream()
                .filter(key -> key.id().equals(id) && key.revokedAt() == null)
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    @Allowed(role = Asker.Role.ADMINISTRATOR)
    @PostMapping("/organisation/keys/{id}/revocation")
    View revoke(@PathVariable UUID id) {
        keys.revoke(find(id).id());
        return SeeOther.to("/organisation/keys").saying("The key does not work any more");
    }
}
