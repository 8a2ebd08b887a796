package uk.reeve.register.catalogue;

import java.util.UUID;

/// An SBOM was stored; raised in the transaction that stores it.
///
/// @param source the organisation that declared or observed it
public record SbomStored(UUID document, UUID release, UUID componentSet, UUID source) {}
