/// Signs of compromise, one class each, and what they have in common. Each says what it saw and where; none decides.
/// Start at [uk.reeve.scanner.malice.sign.Signs]; to add one, see CONTRIBUTING.
@NullMarked
package uk.reeve.scanner.malice.sign;

import org.jspecify.annotations.NullMarked;
