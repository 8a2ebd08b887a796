package uk.reeve.register.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// A list as a CSV file (RFC 4180), written row by row. A cell that a spreadsheet would take for a formula
/// begins with an apostrophe.
public final class Csv {

    /// More rows than this are not sent; the file's name says so.
    public static final int MOST = 10_000;

    private Csv() {}

    /// The links at the foot of a list: the same query for machines.
    ///
    /// @param path below `/api/v1`
    /// @param fields of the form that narrow the list
    public static List<NavLink> links(String path, Form form, String... fields) {
        return List.of(
                new NavLink("CSV (the first 10,000 rows)", address(path, form, "csv", fields)),
                new NavLink("JSON", address(path, form, null, fields)));
    }

    private static String address(String path, Form form, @Nullable String format, String... fields) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath("/api/v1" + path);
        Object[] values = Arrays.stream(fields)
                .map(form::value)
                .filter(value -> !value.isEmpty())
                .toArray();
        for (String field : fields) {
            if (!form.value(field).isEmpty()) {
                address.queryParam(field, "{" + field + "}");
            }
        }
        if (format != null) {
            address.queryParam("format", format);
        }
        return address.encode().buildAndExpand(values).toString();
    }

    /// Writes a list as the answer.
    ///
    /// @param rows at most one more than [#MOST], which then is left out
    /// @param cells of a row; null is an empty one
    public static <T> void write(
            HttpServletResponse response,
            String name,
            List<String> columns,
            List<T> rows,
            Function<T, List<? extends @Nullable Object>> cells)
            throws IOException {
        boolean cut = rows.size() > MOST;
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"" + name + (cut ? "-first-10000" : "") + ".csv\"");
        try (Writer out =
                new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8))) {
            line(out, columns);
            for (T row : cut ? rows.subList(0, MOST) : rows) {
                line(out, cells.apply(row));
            }
        }
    }

    private static void line(Writer out, List<? extends @Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells.get(i)));
        }
        out.append("\r\n");
    }

    static String cell(@Nullable Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value == null ? "" : value.toString();
        }
        String text = value.toString();
        String bare = text.stripLeading();
        boolean formula = !bare.isEmpty() && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(bare.charAt(0)) >= 0;
        boolean control = !text.isEmpty() && text.charAt(0) < ' ';
        String guarded = formula || control ? "'" + text : text;
        return guarded.matches("(?s).*[\",\r\n].*") ? '"' + guarded.replace("\"", "\"\"") + '"' : guarded;
    }
}
