package uk.reeve.register;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/// The whole register on a real, embedded PostgreSQL; one for all tests that say so.
@ExtendWith(PostgresHere.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "reeve.jobs=false")
@ContextConfiguration(initializers = FreshFolder.class)
@Import({Given.class, GivenFlaw.class, BeyondTheGate.class})
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegisterTest {}
