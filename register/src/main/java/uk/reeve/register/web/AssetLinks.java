package uk.reeve.register.web;

/// Addresses of the files that every page loads; each holds a digest of its content.
public record AssetLinks(String css, String start, String script, String icon) {}
