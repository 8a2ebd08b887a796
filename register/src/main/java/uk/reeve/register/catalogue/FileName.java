package uk.reeve.register.catalogue;

import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/// What an uploaded file is called.
public final class FileName {

    private static final int LONGEST = 100;

    private FileName() {}

    /// The file's own name, without what a browser or an attacker puts before it; "The file" where it has none.
    public static String of(@Nullable MultipartFile file) {
        String told = file == null || file.getOriginalFilename() == null ? "" : Plain.of(file.getOriginalFilename());
        String name = told.substring(Math.max(told.lastIndexOf('/'), told.lastIndexOf('\\')) + 1);
        return name.isEmpty() ? "The file" : name.substring(0, Math.min(LONGEST, name.length()));
    }
}
