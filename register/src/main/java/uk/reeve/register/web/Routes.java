package uk.reeve.register.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Which pages there are, so that the frame links to no page that there is not (RULINGS 31).
@Component
public final class Routes {

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final Map<String, Boolean> known = new ConcurrentHashMap<>(); // asked only for the frame's own few paths

    Routes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.mappings = mappings;
    }

    public boolean exist(String path) {
        return known.computeIfAbsent(path, p -> mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .anyMatch(info -> shows(info, PathContainer.parsePath(p))));
    }

    private static boolean shows(RequestMappingInfo info, PathContainer path) {
        var methods = info.getMethodsCondition().getMethods();
        var patterns = info.getPathPatternsCondition();
        return (methods.isEmpty() || methods.contains(RequestMethod.GET))
                && patterns != null
                && patterns.getPatterns().stream().anyMatch(pattern -> pattern.matches(path));
    }
}
