/// Advisories in, from bulk feeds and one by one, and the vulnerabilities that they describe.
@NullMarked
package uk.reeve.register.advisory;

import org.jspecify.annotations.NullMarked;
