/// The register: one release known once, many councils run it.
@org.jspecify.annotations.NullMarked
package uk.reeve.register;
