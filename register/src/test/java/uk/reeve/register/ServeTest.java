package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A real register has nothing of the demonstration.
@RegisterTest
class ServeTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    @Test
    void nobody_becomes_someone_else_by_a_press() {
        Browser visitor = new Browser(port);
        assertThat(visitor.get("/demo").statusCode()).isEqualTo(404);
        assertThat(visitor.get("/tour").statusCode()).isEqualTo(404);
        String token = visitor.token("/sign-in");
        assertThat(visitor.post("/demo/be/priya", token).statusCode()).isEqualTo(404);
        assertThat(visitor.post("/demo/morning", token).statusCode()).isEqualTo(404);
        assertThat(visitor.get("/").body()).doesNotContain("Demo");
    }

    @Test
    void no_bean_is_the_demonstrations() {
        assertThat(Arrays.stream(context.getBeanDefinitionNames())
                        .map(context::getType)
                        .filter(type -> type != null && type.getName().contains(".register.demo.")))
                .isEmpty();
    }
}
