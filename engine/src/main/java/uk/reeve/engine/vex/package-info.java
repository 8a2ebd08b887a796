/// OpenVEX, CSAF and CycloneDX VEX as one kind of statement. Start reading at [Statement].
@NullMarked
package uk.reeve.engine.vex;

import org.jspecify.annotations.NullMarked;
