/// Work that goes on by itself. A module declares a [uk.reeve.register.jobs.Job]; the database keeps when each is due,
/// so that any number of nodes do it once.
@NullMarked
package uk.reeve.register.jobs;

import org.jspecify.annotations.NullMarked;
