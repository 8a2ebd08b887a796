package uk.reeve.register.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

public interface Viewer {
    String name();

    @Nullable
    String actingFor();

    List<NavLink> navigation();

    boolean severalOrganisations();
}
