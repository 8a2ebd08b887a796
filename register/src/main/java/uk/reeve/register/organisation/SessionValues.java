package uk.reeve.register.organisation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.DefaultCsrfToken;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.servlet.FlashMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The closed list of what a session keeps, as text: a letter that says what it is, then its parts. Nothing else is
/// written, and no class is ever chosen by what is read.
final class SessionValues implements GenericConverter {

    private final JsonMapper json;

    SessionValues(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Set<ConvertiblePair> getConvertibleTypes() {
        return Set.of(new ConvertiblePair(Object.class, byte[].class), new ConvertiblePair(byte[].class, Object.class));
    }

    @Override
    public @Nullable Object convert(@Nullable Object source, TypeDescriptor from, TypeDescriptor to) {
        return switch (source) {
            case null -> null;
            case byte[] bytes -> read(bytes);
            default -> write(source);
        };
    }

    /// One sentence for the next page.
    private record Flash(String path, Map<String, List<String>> parameters, long until, Map<String, String> said) {}

    /// @throws IllegalArgumentException for anything that is not on the list: a fault of ours
    byte[] write(Object value) {
        String text =
                switch (value) {
                    case String plain -> "s" + plain;
                    case CsrfToken token -> "t" + token.getToken();
                    case SecurityContext context
                    when context.getAuthentication() instanceof Entered entered ->
                        "e%s %s %d"
                                .formatted(
                                        entered.person(),
                                        entered.organisation() == null ? "-" : entered.organisation(),
                                        entered.at().toEpochMilli());
                    case List<?> list
                    when list.stream().allMatch(FlashMap.class::isInstance) ->
                        "f"
                                + json.writeValueAsString(list.stream()
                                        .map(map -> flash((FlashMap) map))
                                        .toList());
                    default ->
                        throw new IllegalArgumentException(
                                "a session keeps no " + value.getClass().getName());
                };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// @return null for what another version wrote
    @Nullable
    Object read(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String rest = text.isEmpty() ? "" : text.substring(1);
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case 's' -> rest;
            case 't' -> new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", rest);
            case 'e' -> entered(rest.split(" ", -1));
            case 'f' -> flashes(rest);
            default -> null;
        };
    }

    private static SecurityContext entered(String[] parts) {
        return new SecurityContextImpl(new Entered(
                UUID.fromString(parts[0]),
                parts[1].equals("-") ? null : UUID.fromString(parts[1]),
                Instant.ofEpochMilli(Long.parseLong(parts[2]))));
    }

    private static Flash flash(FlashMap map) {
        Map<String, String> said = new HashMap<>();
        map.forEach((name, value) -> said.put(name, (String) value));
        String path = map.getTargetRequestPath();
        return new Flash(path == null ? "/" : path, map.getTargetRequestParams(), map.getExpirationTime(), said);
    }

    private List<FlashMap> flashes(String text) {
        List<FlashMap> maps = new CopyOnWriteArrayList<>();
        for (Flash flash : json.readValue(text, new TypeReference<List<Flash>>() {})) {
            FlashMap map = new FlashMap();
            map.setTargetRequestPath(flash.path());
            map.addTargetRequestParams(new LinkedMultiValueMap<>(flash.parameters()));
            map.setExpirationTime(flash.until());
            map.putAll(flash.said());
            maps.add(map);
        }
        return maps;
    }
}
