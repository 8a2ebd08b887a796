package uk.reeve.register.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who looks at the page. Sign-in leaves it as the request attribute named by this interface; absent: signed out.
public interface Viewer {

    String name();

    /// The organisation that this person acts for now.
    @Nullable
    String actingFor();

    /// At most six links; what does not exist yet is left out by who shows them.
    List<NavLink> navigation();

    /// Whether the person could act for another organisation.
    boolean severalOrganisations();
}
