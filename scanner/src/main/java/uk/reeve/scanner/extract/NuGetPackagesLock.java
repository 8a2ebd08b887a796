package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import uk.reeve.engine.input.Node;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `packages.lock.json` of NuGet: one list for each framework that the project is built for.
final class NuGetPackagesLock implements Extractor {

    @Override
    public String name() {
        return "nuget/packages-lock";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.startsWith("packages.") && name.endsWith("lock.json");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Node root = file.json();
        if (root.get("dependencies") == null) {
            throw new Unreadable(
                    root.line(), "has no \"dependencies\"; write it again with: dotnet restore --force-evaluate");
        }
        for (Node framework : root.fields("dependencies").values()) {
            framework(framework, out);
        }
    }

    private static void framework(Node framework, Sink out) {
        Parts parts = new Parts(out, "nuget");
        for (Map.Entry<String, Node> entry : framework.fields().entrySet()) {
            Node value = entry.getValue();
            String type = value.text("type");
            if (type != null && type.equalsIgnoreCase("Project")) {
                continue;
            }
            String key = entry.getKey().toLowerCase(Locale.ROOT);
            int number = parts.add(key, value.line(), null, entry.getKey(), value.text("resolved"), Scope.RUNTIME);
            if (number == Parts.NONE) {
                continue;
            }
            if (type != null && type.equalsIgnoreCase("Direct")) {
                out.direct(number);
            }
            for (String needed : value.fields("dependencies").keySet()) {
                parts.needs(number, needed.toLowerCase(Locale.ROOT));
            }
        }
        parts.link();
    }
}
