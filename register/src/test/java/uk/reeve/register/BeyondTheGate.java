package uk.reeve.register;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Stops a call that bears its header once it is past the rights gate, before anything is done: so every
/// endpoint can be tried as anyone.
@Component
class BeyondTheGate implements WebMvcConfigurer, HandlerInterceptor {

    static final String HEADER = "Only-Try";
    static final HttpStatus PASSED = HttpStatus.I_AM_A_TEAPOT;

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(Ordered.LOWEST_PRECEDENCE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean goesOn = request.getHeader(HEADER) == null;
        if (!goesOn) {
            response.setStatus(PASSED.value());
        }
        return goesOn;
    }
}
