/// Who saw, said and changed what.
@NullMarked
package uk.reeve.register.audit;

import org.jspecify.annotations.NullMarked;
