package uk.reeve.scanner.extract;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import uk.reeve.engine.input.JsonInput;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// The `package.json` of a package that lies in `node_modules`. Others deeper in a package are its tests and templates.
final class NpmInstalled implements Extractor {

    private static final String MODULES = "node_modules";

    @Override
    public String name() {
        return "npm/installed";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String value = path.value();
        if (!value.endsWith("/package.json")) {
            return false;
        }
        int modules = value.startsWith(MODULES + "/") ? 0 : value.indexOf("/" + MODULES + "/") + 1;
        return (modules > 0 || value.startsWith(MODULES + "/")) && isPackage(value.split("/"), count(value, modules));
    }

    private static int count(String value, int end) {
        int slashes = 0;
        for (int i = 0; i < end; i++) {
            slashes += value.charAt(i) == '/' ? 1 : 0;
        }
        return slashes;
    }

    // node_modules, a package with or without scope, then its own node_modules or the file. pnpm keeps its packages in
    // node_modules/.pnpm/name@1.0.0/node_modules/name.
    private static boolean isPackage(String[] parts, int first) {
        int at = first;
        while (at < parts.length && parts[at].equals(MODULES)) {
            boolean scoped = at + 1 < parts.length && parts[at + 1].startsWith("@");
            boolean store = at + 1 < parts.length && parts[at + 1].equals(".pnpm");
            at += scoped || store ? 3 : 2;
            if (!store && at == parts.length - 1) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String name = null;
        String version = null;
        String licence = null;
        boolean ofRegistry = false;
        boolean own = false;
        int line = 1;
        try (InputStream in = file.open();
                JsonParser parser = JsonInput.parser(in)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Unreadable(1, "is no JSON object, which a package.json is");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                boolean text = token == JsonToken.VALUE_STRING;
                switch (field) {
                    case "name" -> name = text ? parser.getString() : null;
                    case "version" -> {
                        version = text ? parser.getString() : null;
                        line = JsonInput.line(parser);
                    }
                    case "license" -> licence = text ? parser.getString() : null;
                    case "private" -> own = token == JsonToken.VALUE_TRUE;
                    case "_resolved", "_id", "_from", "gitHead", "dist" -> ofRegistry = true;
                    default -> {}
                }
                parser.skipChildren();
            }
        } catch (JacksonException e) {
            throw JsonInput.unreadable(e);
        }
        // What was never published has no version, or says that it is private.
        boolean published = !own && !"0.0.0".equals(version);
        if (name == null || version == null || (!published && !ofRegistry)) {
            return;
        }
        tell(line, name, version, licence, out);
    }

    private static void tell(int line, String name, String version, @Nullable String licence, Sink out) {
        Purl purl = Npm.purl(out, line, name, version);
        if (purl != null) {
            int number = out.component(line, purl, Scope.RUNTIME);
            Map<String, String> facts = Npm.facts(null, licence);
            if (!facts.isEmpty()) {
                out.tell(number, facts);
            }
        }
    }
}
