package uk.reeve.register.organisation;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.SeeOther;

@Controller
class EntrancePages {

    @Allowed(anyone = true)
    @GetMapping("/")
    View home() {
        return Asking.now() instanceof Asker.Person ? SeeOther.to("/today") : Page.of("organisation/home");
    }
}
