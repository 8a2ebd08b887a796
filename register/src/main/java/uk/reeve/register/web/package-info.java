/// The pages' frame: layout, components, words for dates and clocks, refusals. What a page shows, its own module says.
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package uk.reeve.register.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
