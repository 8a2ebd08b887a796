package uk.reeve.engine.match;

/// The release that a package without one most likely belongs to.
///
/// @param distribution in OSV's words: `Debian:11`
/// @param how what says so, in words: `the versions of 34 packages say`
public record InferredRelease(String distribution, String how) {

    /// `Debian 11, as the versions of 34 packages say`.
    String words() {
        int colon = distribution.indexOf(':');
        return distribution.substring(0, colon) + " " + distribution.substring(colon + 1) + ", as " + how;
    }
}
