package uk.reeve.scanner.extract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.input.Unreadable;

/// What a manifest says of its JAR; nothing where there is none or it is damaged.
final class JavaManifest {

    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern GROUP = Pattern.compile("[a-zA-Z_][\\w-]*(\\.[a-zA-Z_][\\w-]*)+");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w.-]*");
    private static final Pattern VERSION = Pattern.compile("v?\\d[\\w.+-]*");

    private final Attributes main;

    private JavaManifest(Attributes main) {
        this.main = main;
    }

    static JavaManifest of(@Nullable ScanFile file) {
        if (file == null) {
            return new JavaManifest(new Attributes());
        }
        try (InputStream in = file.open()) {
            return new JavaManifest(
                    new Manifest(new ByteArrayInputStream(in.readNBytes(MOST_BYTES))).getMainAttributes());
        } catch (IOException | Unreadable | IllegalArgumentException e) {
            return new JavaManifest(new Attributes());
        }
    }

    /// The package's name, where it looks like one.
    @Nullable
    String name() {
        String title = value("Implementation-Title", NAME);
        return title != null ? title : last(symbolic());
    }

    @Nullable
    String version() {
        String version = value("Implementation-Version", VERSION);
        return version != null ? version : value("Bundle-Version", VERSION);
    }

    /// The group that it speaks of; a guess.
    @Nullable
    String group(String name) {
        String symbolic = symbolic();
        if (symbolic != null && symbolic.endsWith("." + name)) {
            return symbolic.substring(0, symbolic.length() - name.length() - 1);
        }
        String vendor = value("Implementation-Vendor-Id", GROUP);
        if (vendor != null) {
            return vendor;
        }
        return symbolic != null && symbolic.indexOf('.') > 0 ? symbolic.substring(0, symbolic.lastIndexOf('.')) : null;
    }

    // OSGi Core 3.2.1.5: directives follow after a semicolon
    private @Nullable String symbolic() {
        String told = main.getValue("Bundle-SymbolicName");
        String name = told == null ? main.getValue("Automatic-Module-Name") : told.split(";", 2)[0].strip();
        return name != null && NAME.matcher(name).matches() ? name : null;
    }

    private static @Nullable String last(@Nullable String symbolic) {
        return symbolic == null ? null : symbolic.substring(symbolic.lastIndexOf('.') + 1);
    }

    private @Nullable String value(String attribute, Pattern form) {
        String value = main.getValue(attribute);
        return value != null && form.matcher(value.strip()).matches() ? value.strip() : null;
    }
}
