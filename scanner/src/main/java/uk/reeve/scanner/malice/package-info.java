/// Whether a package looks malicious: what is known of it, what signs it shows, what they weigh together. Nothing
/// of it is run. Start at [uk.reeve.scanner.malice.Check].
@NullMarked
package uk.reeve.scanner.malice;

import org.jspecify.annotations.NullMarked;
