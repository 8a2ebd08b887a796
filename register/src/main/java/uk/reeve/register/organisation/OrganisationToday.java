package uk.reeve.register.organisation;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.today.TodayItem;

/// What a new register still lacks, for who administers it.
@Component
class OrganisationToday implements TodayItem.Source {

    private final Organisations organisations;
    private final Invitations invitations;

    OrganisationToday(Organisations organisations, Invitations invitations) {
        this.organisations = organisations;
        this.invitations = invitations;
    }

    @Override
    public List<TodayItem> today() {
        if (!(Asking.now() instanceof Asker.Person person) || person.kind() != Asker.Kind.ADMINISTRATOR) {
            return List.of();
        }
        List<TodayItem> items = new ArrayList<>();
        if (organisations.councils() == 0) {
            items.add(new TodayItem(1, true, "Import the councils: there is none yet", "/admin/organisations"));
        }
        if (person.may(Asker.Role.ADMINISTRATOR) && invitations.colleagues().size() == 1) {
            items.add(new TodayItem(
                    2, true, "Invite a second administrator: it avoids a lock-out", "/organisation/people"));
        }
        return items;
    }
}
