package uk.reeve.register;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void modules_meet_through_what_they_publish_and_not_in_circles() {
        ApplicationModules.of(RegisterApplication.class).verify();
    }
}
