/// Suppliers' products and releases, their SBOMs and what these hold: known once for the whole sector.
/// Reads in joins: organisation, vulnerability and feed (advisory), component_finding (exposure), statement.
/// Start reading at [Products], [Sboms] and [Inside].
@NullMarked
package uk.reeve.register.catalogue;

import org.jspecify.annotations.NullMarked;
