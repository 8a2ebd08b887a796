package uk.reeve.register.organisation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Viewer;

/// Who has signed in, and for which organisation they act now. Kept in the session.
///
/// @param acting index into `seats`
public record SignedIn(UUID person, String name, ArrayList<Seat> seats, int acting) implements Viewer, Serializable {

    private static final long serialVersionUID = 1L;

    /// A place in an organisation, as the session keeps it.
    public record Seat(UUID organisation, String slug, String name, Asker.Kind kind, HashSet<Asker.Role> roles)
            implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    static SignedIn of(People.Account account, List<People.Seat> seats) {
        ArrayList<Seat> kept = new ArrayList<>();
        for (People.Seat seat : seats) {
            kept.add(new Seat(seat.organisation(), seat.slug(), seat.name(), seat.kind(), new HashSet<>(seat.roles())));
        }
        return new SignedIn(account.id(), account.name(), kept, 0);
    }

    public Seat seat() {
        return seats.get(acting);
    }

    /// As the database is told.
    public Asker.Person asker() {
        return new Asker.Person(person, seat().organisation(), seat().kind(), java.util.Set.copyOf(seat().roles()));
    }

    @Override
    public @Nullable String actingFor() {
        return seat().name();
    }

    @Override
    public boolean severalOrganisations() {
        return seats.size() > 1;
    }

    @Override
    public List<NavLink> navigation() {
        return switch (seat().kind()) {
            case COUNCIL ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Systems", "/systems"),
                        new NavLink("Exposures", "/exposures"),
                        new NavLink("Alerts", "/alerts"),
                        new NavLink("Products", "/products"));
            case SUPPLIER -> List.of(new NavLink("Today", "/today"), new NavLink("Products", "/products"));
            case COORDINATOR ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Sector", "/sector"),
                        new NavLink("Products", "/products"));
            case ADMINISTRATOR ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Organisations", "/admin/organisations"),
                        new NavLink("Sources", "/admin/sources"),
                        new NavLink("Products", "/products"));
            case RESEARCHER, ASSESSOR, OPERATOR ->
                List.of(new NavLink("Today", "/today"), new NavLink("Products", "/products"));
        };
    }
}
