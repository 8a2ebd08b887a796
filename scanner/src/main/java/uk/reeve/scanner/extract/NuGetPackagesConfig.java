package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.sbom.Scope;

/// `packages.config`, the list of packages of older .NET projects: every version in it is the installed one. It does
/// not tell which the project itself asked for.
final class NuGetPackagesConfig implements Extractor {

    @Override
    public String name() {
        return "nuget/packages-config";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.equalsIgnoreCase("packages.config") || (name.startsWith("packages.") && name.endsWith(".config"));
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        Element root = file.xml();
        if (!root.name().equals("packages")) {
            throw new Unreadable(root.line(), "begins with <" + Parts.shown(root.name()) + ">, not with <packages>");
        }
        Parts parts = new Parts(out, "nuget");
        for (Element entry : root.children()) {
            if (entry.name().equals("package")) {
                String id = entry.attributes().get("id");
                boolean development = "true".equalsIgnoreCase(entry.attributes().get("developmentDependency"));
                Scope scope = development ? Scope.DEVELOPMENT : Scope.RUNTIME;
                parts.add(
                        String.valueOf(id),
                        entry.line(),
                        null,
                        id,
                        entry.attributes().get("version"),
                        scope);
            }
        }
    }
}
