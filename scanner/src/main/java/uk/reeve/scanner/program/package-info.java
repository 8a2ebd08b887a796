/// Programs and libraries as operating systems load them: ELF, PE and Mach-O, and what compilers leave in them. Start
/// reading at [Program].
@NullMarked
package uk.reeve.scanner.program;

import org.jspecify.annotations.NullMarked;
