/// Who is asking, and the gate in the database that answers them: each transaction says who asks before its first
/// statement, and row security decides what there is to see.
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package uk.reeve.register.audience;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
