package uk.reeve.register.web;

public enum Problem {
    NOT_FOUND,
    NOT_SIGNED_IN,
    ROLE_TOO_SMALL,
    SBOM_UNREADABLE;

    public RuntimeException because(String d) {
        return new IllegalStateException(d);
    }
}
