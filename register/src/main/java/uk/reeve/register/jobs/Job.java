package uk.reeve.register.jobs;

import java.time.Duration;

/// Recurring work. It takes what waits in small units and ends; the next turn comes `every` after the end of this one.
///
/// @param name stable: the database knows it by this
public record Job(String name, Duration every, Runnable work) {}
