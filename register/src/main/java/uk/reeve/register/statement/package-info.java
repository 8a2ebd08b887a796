/// What parties say of a release and a vulnerability, kept as they said it.
@NullMarked
package uk.reeve.register.statement;

import org.jspecify.annotations.NullMarked;
