/// The frame of every page: layout, components, words for dates and clocks, refusals, security headers, assets.
/// Owns no table; layout and components only (RULINGS 30). Start reading at [Page], [Form] and [Problem].
@NullMarked
@ApplicationModule(allowedDependencies = {})
package uk.reeve.register.web;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
