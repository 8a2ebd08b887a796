package uk.reeve.scanner.archive;

import java.util.List;

/// One image of a file.
///
/// @param name as the file tells (`registry.example/app:1.0`); empty where it tells none
/// @param platform that it is for
/// @param others the platforms for which the file names this image as well
/// @param digest of its manifest, else of its configuration: `sha256:…`; empty where none is told
/// @param layers the lowest first
public record Image(String name, Platform platform, List<Platform> others, String digest, List<Layer> layers) {}
