package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import uk.reeve.engine.input.Unreadable;

/// A plugin or theme of WordPress, by the header of its main file. No source that is read knows their flaws, and the
/// site may well fall by them: each is told. Source: WordPress, "Header Requirements".
final class WordPressExtension implements Extractor {

    private static final Pattern FIELD =
            Pattern.compile("[ \\t/*#@]*(Plugin Name|Theme Name|Version):[ \\t]*(.{1,100}?)[ \\t]*");
    private static final Pattern MAIN =
            Pattern.compile("(?:.*/)?wp-content/(?:mu-)?(?:plugins/(?:[^/]+/)?[^/]+\\.php|themes/[^/]+/style\\.css)");
    private static final int HEAD_LINES = 200;

    @Override
    public String name() {
        return "wordpress/extension";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        String name = path.fileName();
        return (name.endsWith(".php") || name.equals("style.css"))
                && path.value().contains("wp-content/")
                && MAIN.matcher(path.value()).matches()
                && (head.text().contains("Plugin Name:") || head.text().contains("Theme Name:"));
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Map<String, String> fields = new HashMap<>();
        int[] first = {0};
        file.lines((number, line) -> {
            Matcher field = FIELD.matcher(number > HEAD_LINES || line.length() > 300 ? "" : line);
            if (field.matches()) {
                first[0] = fields.isEmpty() ? number : first[0];
                fields.putIfAbsent(field.group(1), field.group(2));
            }
        });
        String plugin = fields.get("Plugin Name");
        String name = plugin == null ? fields.get("Theme Name") : plugin;
        if (name != null) {
            out.notCovered(
                    first[0],
                    (plugin == null ? "WordPress theme " : "WordPress plugin ") + name,
                    fields.get("Version"),
                    "no advisory source that is read covers plugins and themes of WordPress");
        }
    }
}
