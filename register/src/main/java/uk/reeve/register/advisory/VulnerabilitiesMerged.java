package uk.reeve.register.advisory;

import java.util.List;
import java.util.UUID;

/// Records that were told apart turned out to describe one vulnerability; raised in the job's transaction that
/// finds it, so that whoever keeps something under the others' ids moves it, or nothing changes (RULINGS 11).
///
/// @param survivor the oldest
public record VulnerabilitiesMerged(UUID survivor, List<UUID> others) {}
