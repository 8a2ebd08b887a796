package uk.reeve.register.jobs;

/// A job has something to do now: raise it, and this node runs it without waiting for its time.
public record Wake(String job) {}
