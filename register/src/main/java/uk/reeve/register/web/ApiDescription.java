package uk.reeve.register.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/// Says in the API's description what holds for all of it: the headers that each kind of call may send.
@Component
final class ApiDescription implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI api) {
        api.getPaths().values().forEach(ApiDescription::say);
    }

    private static void say(PathItem path) {
        header(path.getGet(), "If-None-Match", "The ETag of what you have: 304 where it is still the same");
        header(path.getPut(), "If-Match", "The ETag of what you read: 412 where somebody changed it since");
        header(
                path.getPost(),
                "Idempotency-Key",
                "A word of your own for this call: sent again within 24 hours it is not done again but answered alike");
    }

    private static void header(@Nullable Operation call, String name, String description) {
        if (call != null) {
            call.addParametersItem(new HeaderParameter()
                    .name(name)
                    .description(description)
                    .required(false)
                    .schema(new StringSchema()));
        }
    }
}
