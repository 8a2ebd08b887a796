package uk.reeve.register.audience;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Who may call an endpoint. One without this line is refused to everyone, and fails the rights test.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Allowed {

    /// Everybody, signed in or not.
    boolean anyone() default false;

    /// People who act for an organisation of these kinds; none named: of any kind.
    Asker.Kind[] to() default {};

    /// The role that they need there.
    Asker.Role role() default Asker.Role.READER;
}
