package uk.reeve.register.web;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a page of a list begins: behind these values of what it is sorted by. They say it even when the
/// row that they were taken from is there no more.
public record Cursor(List<String> values) {

    private static final int LONGEST = 4_000;
    private static final String END = "\u001f";

    public static Cursor at(Object... values) {
        return new Cursor(Arrays.stream(values).map(Object::toString).toList());
    }

    /// From an address.
    ///
    /// @param size how many values it must have
    /// @return null where nothing was sent, or it is no cursor of ours: the list begins at its start
    public static @Nullable Cursor read(@Nullable String sent, int size) {
        if (sent == null || sent.isEmpty() || sent.length() > LONGEST) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(sent), StandardCharsets.UTF_8);
            List<String> values = List.of(text.split(END, -1));
            return values.size() == size && text.indexOf('\0') < 0 ? new Cursor(values) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /// As an address holds it.
    @Override
    public String toString() {
        String text = values.stream().map(value -> value.replace(END, "")).collect(Collectors.joining(END));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
