package uk.reeve.engine.vex;

/// Who says something, and in which document.
///
/// @param author as told; empty where none is told
/// @param document its id or serial number; empty where none is told
/// @param version of the document; empty where none is told
/// @param draft a draft, or one that was withdrawn or superseded: it never silences
public record Source(String author, String document, String version, boolean draft) {}
