package uk.reeve.register.organisation;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;

@Controller
class EntrancePages {

    @Allowed(anyone = true)
    @GetMapping("/")
    View home() {
        return Asking.now() instanceof Asker.Person ? SeeOther.to("/today") : Page.of("organisation/home");
    }

    /// @param wrong present where the last try failed: the same words for a wrong name and a wrong password
    @Allowed(anyone = true)
    @GetMapping("/sign-in")
    Page signIn(@RequestParam(required = false) String wrong, Form form) {
        if (wrong != null) {
            form.refuse("email", "Check your email address and password. One of them is not right");
        }
        return Page.of("organisation/sign-in", form);
    }

    @Allowed
    @GetMapping("/account")
    Page account() {
        return Page.of("organisation/account", Asking.person());
    }
}
