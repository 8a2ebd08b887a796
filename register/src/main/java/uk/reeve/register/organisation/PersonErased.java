package uk.reeve.register.organisation;

import java.util.UUID;

/// An account was erased; what other modules keep of its person goes, too.
public record PersonErased(UUID person) {}
