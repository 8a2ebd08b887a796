package uk.reeve.scanner.extract;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Element;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// A NuGet package: a ZIP with one `ID.nuspec` at its top. Source: NuGet, ".nuspec reference".
final class NuGetPackage implements ArchiveExtractor {

    @Override
    public String name() {
        return "nuget/package";
    }

    @Override
    public boolean wants(ScanPath path, ArchiveFiles inside) {
        return path.fileName().toLowerCase(Locale.ROOT).endsWith(".nupkg") && specification(inside) != null;
    }

    @Override
    public void extract(ScanPath path, ArchiveFiles inside, Sink out) throws IOException, Unreadable {
        ScanFile specification = specification(inside);
        if (specification == null) {
            return;
        }
        Element metadata = specification.xml().child("metadata");
        if (metadata == null) {
            throw new Unreadable(0, "has no <metadata> in its " + specification.path() + "; download it again");
        }
        Purl purl = Parts.purl(out, 0, "nuget", null, metadata.text("id"), metadata.text("version"), Map.of());
        if (purl == null) {
            return;
        }
        int number = out.component(0, purl, Scope.RUNTIME);
        out.direct(number);
        Element licence = metadata.child("license"); // else the name of a file in it
        if (licence != null && "expression".equals(licence.attributes().get("type"))) {
            out.tell(number, Map.of("licence", licence.text()));
        }
    }

    private static @Nullable ScanFile specification(ArchiveFiles inside) {
        for (String name : inside.names()) {
            if (name.endsWith(".nuspec") && name.indexOf('/') < 0) {
                return inside.file(name);
            }
        }
        return null;
    }
}
