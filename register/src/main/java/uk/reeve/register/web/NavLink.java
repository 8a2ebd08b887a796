package uk.reeve.register.web;

public record NavLink(String text, String href) {}
