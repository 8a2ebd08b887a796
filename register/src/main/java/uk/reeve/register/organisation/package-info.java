/// Every kind of party, its people, and how they come in.
@NullMarked
package uk.reeve.register.organisation;

import org.jspecify.annotations.NullMarked;
