/// Findings and statements to verdicts, exposures and decisions; and who is exposed. Reads in joins: system, release,
/// product (estate, catalogue), vulnerability (advisory), statement.
@NullMarked
package uk.reeve.register.exposure;

import org.jspecify.annotations.NullMarked;
