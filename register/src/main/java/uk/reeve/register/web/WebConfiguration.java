package uk.reeve.register.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Templates, assets, the error page, and [Form] as a controller's parameter.
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:web/web.properties")
class WebConfiguration implements WebMvcConfigurer {

    // pages name their icon; a browser that asks for this one all the same is told that there is none
    private static final HttpRequestHandler NO_ICON = (_, response) -> response.setStatus(204);

    private final JsonMapper json;

    WebConfiguration(JsonMapper json) {
        this.json = json;
    }

    @Bean
    TemplateEngine templates() {
        return TemplateEngine.createPrecompiled(ContentType.Html);
    }

    /// Before the controllers' mapping; none of these is a controller's method, so none asks for a right.
    @Bean
    SimpleUrlHandlerMapping filesAndErrors(Assets assets, Refusals refusals) {
        return new SimpleUrlHandlerMapping(
                Map.of("/assets/**", assets, "/error", refusals, "/favicon.ico", NO_ICON), -1);
    }

    /// JSON with a field that we do not know is refused: a misspelt one would be lost without a word.
    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(json.rebuild()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()));
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new FormArgument());
    }

    private static final class FormArgument implements HandlerMethodArgumentResolver {

        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Form.class;
        }

        @Override
        public Form resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            Map<String, List<String>> values = new HashMap<>();
            request.getParameterMap().forEach((name, given) -> values.put(name, Arrays.asList(given)));
            return Form.of(values);
        }
    }
}
