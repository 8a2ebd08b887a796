/// Advisories as their sources say them: OSV records, KEV, EPSS, severity. Start reading at [OsvRecord].
@NullMarked
package uk.reeve.engine.advisory;

import org.jspecify.annotations.NullMarked;
