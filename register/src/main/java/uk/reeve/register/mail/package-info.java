/// The mail server: where it is and how it is spoken to.
@ApplicationModule(type = ApplicationModule.Type.OPEN)
@NullMarked
package uk.reeve.register.mail;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
