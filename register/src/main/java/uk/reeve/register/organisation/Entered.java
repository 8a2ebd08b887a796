package uk.reeve.register.organisation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/// What a session keeps of somebody who signed in: ids, no name and no role.
final class Entered extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final UUID person;
    private final @Nullable UUID organisation;
    private final Instant at;

    /// @param organisation for which they act; null: the first of theirs
    /// @param at when they signed in
    Entered(UUID person, @Nullable UUID organisation, Instant at) {
        super(List.of());
        this.person = person;
        this.organisation = organisation;
        this.at = at;
        setAuthenticated(true);
    }

    UUID person() {
        return person;
    }

    @Nullable
    UUID organisation() {
        return organisation;
    }

    Instant at() {
        return at;
    }

    @Override
    public Object getPrincipal() {
        return person;
    }

    /// The person's id, by which all sessions of a person are found.
    @Override
    public String getName() {
        return person.toString();
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Entered that
                && person.equals(that.person)
                && java.util.Objects.equals(organisation, that.organisation)
                && at.equals(that.at);
    }

    @Override
    public int hashCode() {
        return person.hashCode();
    }
}
