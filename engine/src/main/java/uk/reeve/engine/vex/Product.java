package uk.reeve.engine.vex;

import java.util.List;

/// What a statement is about: a thing, wherever it is or only within others.
///
/// @param thing a product as a whole, or a component
/// @param within every product that the thing must be part of; empty where the statement names none
public record Product(Identity thing, List<Identity> within) {

    static Product of(Identity thing) {
        return new Product(thing, List.of());
    }

    /// Whether a release is named, of the thing or of what it is within.
    boolean namesRelease() {
        if (thing.namesRelease()) {
            return true;
        }
        for (Identity product : within) {
            if (product.namesRelease()) {
                return true;
            }
        }
        return false;
    }
}
