package uk.reeve.cli.convert;

import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.sbom.Sbom;

/// An SBOM that another is made of.
///
/// @param name of its file, as the person wrote it
/// @param digest `sha256:…` of its bytes
/// @param json the document as a tree; null where it is none
/// @param xml the document as a tree; null where it is none
public record Input(
        String name,
        String digest,
        Sbom sbom,
        @Nullable Node json,
        @Nullable Element xml) {}
