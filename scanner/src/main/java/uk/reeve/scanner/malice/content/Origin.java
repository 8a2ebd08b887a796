package uk.reeve.scanner.malice.content;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a text knows of the package that it is from.
///
/// @param names what the package calls itself, and each part of that, in small letters and digits alone
/// @param deadline when looking at it ends
record Origin(Set<String> names, Deadline deadline) {

    static final Origin NONE = new Origin(Set.of(), Deadline.NONE);

    static Origin of(List<Manifest> manifests, Deadline deadline) {
        Set<String> names = new HashSet<>();
        for (Manifest manifest : manifests) {
            String name = manifest.name();
            for (String part : name == null ? new String[0] : name.split("[@/:]", 12)) {
                names.add(FileText.plain(part));
            }
        }
        return new Origin(names, deadline);
    }
}
