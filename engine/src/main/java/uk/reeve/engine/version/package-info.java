/// Version order, one comparer and one order-preserving key per ecosystem, and the ranges over them. Start reading at
/// [Ecosystem].
@NullMarked
package uk.reeve.engine.version;

import org.jspecify.annotations.NullMarked;
