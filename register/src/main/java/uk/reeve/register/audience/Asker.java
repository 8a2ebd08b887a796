package uk.reeve.register.audience;

import java.util.Set;
import java.util.UUID;

/// Who asks the database.
public sealed interface Asker {

    /// Nobody who is known: sees what is public.
    record Nobody() implements Asker {}

    /// The gate itself, while it finds out who knocks; sees people and keys, no estate.
    record Gate() implements Asker {}

    /// A job of the register, by the database role `reeve_jobs` with policies of its own.
    record Job() implements Asker {}

    /// A person, for one organisation at a time.
    ///
    /// @param roles what the person may do there
    record Person(UUID person, UUID organisation, Kind kind, Set<Role> roles) implements Asker {

        public boolean may(Role role) {
            return roles.contains(role);
        }
    }

    /// What kind of party an organisation is (PRODUCT, "The people").
    enum Kind {
        COUNCIL,
        SUPPLIER,
        RESEARCHER,
        ASSESSOR,
        OPERATOR,
        COORDINATOR,
        /// Runs the installation; sees no estates, cases or evidence.
        ADMINISTRATOR
    }

    /// What a person may do within an organisation.
    enum Role {
        /// Reads what the organisation reads.
        READER,
        /// Keeps the estate, decides on exposures; publishes for a supplier.
        EDITOR,
        /// Invites people, makes keys, changes the organisation's own entry.
        ADMINISTRATOR,
        /// Merges duplicates and confirms what councils listed; the coordinator's.
        CURATOR
    }
}
