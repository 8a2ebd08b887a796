/// One laptop, one command: invented councils and suppliers on real components and advisories. Never in `serve`.
@NullMarked
package uk.reeve.register.demo;

import org.jspecify.annotations.NullMarked;
