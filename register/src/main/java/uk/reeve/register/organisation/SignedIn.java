package uk.reeve.register.organisation;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Viewer;

/// Who has signed in, and for which organisation they act now: read anew for each request, so that a role that
/// was taken away is gone at once.
///
/// @param seats at least one
/// @param seat that of the organisation acted for
record SignedIn(UUID person, String name, List<People.Seat> seats, People.Seat seat) implements Viewer {

    /// As the database is told.
    Asker.Person asker() {
        return new Asker.Person(person, seat.organisation(), seat.kind(), seat.roles());
    }

    @Override
    public @Nullable String actingFor() {
        return seat.name();
    }

    @Override
    public boolean severalOrganisations() {
        return seats.size() > 1;
    }

    @Override
    public List<NavLink> navigation() {
        return switch (seat.kind()) {
            case COUNCIL ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Systems", "/systems"),
                        new NavLink("Exposures", "/exposures"),
                        new NavLink("Alerts", "/alerts"),
                        new NavLink("Products", "/products"),
                        new NavLink("More", "/more"));
            case SUPPLIER ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Products", "/products"),
                        new NavLink("More", "/more"));
            case COORDINATOR ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Sector", "/sector"),
                        new NavLink("Products", "/products"),
                        new NavLink("More", "/more"));
            case ADMINISTRATOR ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Organisations", "/admin/organisations"),
                        new NavLink("Sources", "/admin/sources"),
                        new NavLink("Products", "/products"),
                        new NavLink("More", "/more"));
            case RESEARCHER, ASSESSOR, OPERATOR ->
                List.of(
                        new NavLink("Today", "/today"),
                        new NavLink("Products", "/products"),
                        new NavLink("More", "/more"));
        };
    }
}
