/// What a scan has to say, and the formats in which it says it. Start reading at [Report].
@NullMarked
package uk.reeve.cli.report;

import org.jspecify.annotations.NullMarked;
