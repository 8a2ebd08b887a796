/// Suppliers' products and releases, their SBOMs and what these hold: known once for the whole sector.
@NullMarked
package uk.reeve.register.catalogue;

import org.jspecify.annotations.NullMarked;
