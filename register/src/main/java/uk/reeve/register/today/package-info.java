/// `/today`: what needs a person now, collected from the modules.
@NullMarked
package uk.reeve.register.today;

import org.jspecify.annotations.NullMarked;
