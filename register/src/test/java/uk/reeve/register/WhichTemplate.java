package uk.reeve.register;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import uk.reeve.register.web.Page;

/// Lets a test know which template a page was made of: each answer tells in a header.
class WhichTemplate implements WebMvcConfigurer, HandlerInterceptor {

    static final String HEADER = "x-template";

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView answer) {
        if (answer != null && answer.getView() instanceof Page page) {
            response.setHeader(HEADER, page.template());
        }
    }
}
