package uk.reeve.engine.match;

import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Component;

/// Packages that hold the kernel's headers and no kernel. They are built from the kernel's source, so each of its flaws
/// is recorded of them, and none can be in them.
final class KernelHeaders {

    private KernelHeaders() {}

    static boolean is(Component component) {
        Purl purl = component.purl();
        if (purl == null) {
            return false;
        }
        String name = purl.name();
        return switch (purl.type()) {
            case "deb", "apk" -> name.startsWith("linux-libc-dev") || name.startsWith("linux-headers");
            case "rpm" -> name.equals("kernel-headers");
            default -> false;
        };
    }
}
