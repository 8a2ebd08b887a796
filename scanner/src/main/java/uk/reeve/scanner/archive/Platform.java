package uk.reeve.scanner.archive;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an image runs on, in Go's words. Source: OCI image specification 1.1, "Image Index", `platform`.
///
/// @param variant of the processor (`v7`); empty where there is none
public record Platform(String os, String architecture, String variant) {

    /// The one that is read where nobody says else.
    public static final Platform USUAL = new Platform("linux", "amd64", "");

    /// `linux/arm64`, `linux/arm/v7`; null where it is neither.
    public static @Nullable Platform of(String text) {
        String[] parts = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        boolean whole = parts.length == 2 || parts.length == 3;
        for (String part : parts) {
            whole &= !part.isEmpty();
        }
        return whole ? of(parts[0], parts[1], parts.length == 3 ? parts[2] : "") : null;
    }

    static Platform of(String os, String architecture, String variant) {
        String processor =
                switch (architecture) {
                    case "x86_64", "x86-64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
        return new Platform(os, processor, processor.equals("arm64") && variant.equals("v8") ? "" : variant);
    }

    /// Whether an image for this platform is what is asked for; who names no variant takes each.
    boolean fits(Platform wanted) {
        return os.equals(wanted.os)
                && architecture.equals(wanted.architecture)
                && (wanted.variant.isEmpty() || variant.equals(wanted.variant));
    }

    @Override
    public String toString() {
        return os + "/" + architecture + (variant.isEmpty() ? "" : "/" + variant);
    }
}
