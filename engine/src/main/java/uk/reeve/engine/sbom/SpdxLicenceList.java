package uk.reeve.engine.sbom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The ids of the SPDX licence list, as shipped in `spdx-licences.txt`. Read when something is first written.
final class SpdxLicenceList {

    private static final String EXCEPTION = "WITH ";

    private static @Nullable SpdxLicenceList read;

    private final Map<String, String> licences = HashMap.newHashMap(1024);
    private final Map<String, String> exceptions = HashMap.newHashMap(128);

    private SpdxLicenceList() {
        try (InputStream in = SpdxLicenceList.class.getResourceAsStream("spdx-licences.txt");
                BufferedReader lines = in == null
                        ? new BufferedReader(BufferedReader.nullReader())
                        : new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(EXCEPTION)) {
                    put(exceptions, line.substring(EXCEPTION.length()));
                } else if (!line.startsWith("#")) {
                    put(licences, line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the list of licences that ships with the program cannot be read", e);
        }
    }

    private static void put(Map<String, String> ids, String id) {
        ids.put(id.toLowerCase(Locale.ROOT), id);
    }

    static synchronized SpdxLicenceList get() {
        SpdxLicenceList list = read;
        if (list == null) {
            list = new SpdxLicenceList();
            read = list;
        }
        return list;
    }

    /// Whether the list has the id, written so.
    boolean has(String id) {
        return id.equals(licence(id));
    }

    /// The id as the list writes it, whatever its letters' case; null where it is not on the list.
    @Nullable
    String licence(String id) {
        return licences.get(id.toLowerCase(Locale.ROOT));
    }

    /// The same for what may stand after `WITH`.
    @Nullable
    String exception(String id) {
        return exceptions.get(id.toLowerCase(Locale.ROOT));
    }
}
