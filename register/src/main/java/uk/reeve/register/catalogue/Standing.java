package uk.reeve.register.catalogue;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// What the person who looks may do with a product.
///
/// @param maker publishes it, its releases and statements on them
/// @param observer may add what it observed: a council
/// @param curator merges what is there twice: the coordinator's
public record Standing(boolean maker, boolean observer, boolean curator) {

    public static Standing of(Products.Product product) {
        Asker.Person person = editor();
        return new Standing(
                person != null
                        && person.kind() == Asker.Kind.SUPPLIER
                        && person.organisation().equals(product.supplierId()),
                person != null && person.kind() == Asker.Kind.COUNCIL,
                Asking.now() instanceof Asker.Person one
                        && one.kind() == Asker.Kind.COORDINATOR
                        && one.may(Asker.Role.CURATOR));
    }

    /// Whether the person may add products at all.
    static boolean adds() {
        Asker.Person person = editor();
        return person != null && Set.of(Asker.Kind.SUPPLIER, Asker.Kind.COUNCIL).contains(person.kind());
    }

    private static Asker.@Nullable Person editor() {
        return Asking.now() instanceof Asker.Person person && person.may(Asker.Role.EDITOR) ? person : null;
    }

    public boolean uploads() {
        return maker || observer;
    }
}
