package uk.reeve.register.catalogue;

import java.util.UUID;

/// An SBOM was stored; raised once it is.
public record SbomStored(UUID document) {}
