package uk.reeve.scanner.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import uk.reeve.engine.input.Unreadable;

/// RPM's own database, `Packages.db`: pages of slots, each of which says where a header lies, in blocks of 16 bytes.
/// Numbers are little-endian.
///
/// Source: rpm, lib/backend/ndb/rpmpkg.c.
final class RpmNdb {

    static final String MARK = "RpmP";

    private static final int SLOT = 0x746f6c53; // "Slot"
    private static final int BLOB = 0x53626c42; // "BlbS"
    private static final int PAGE = 4_096;
    private static final int UNIT = 16;

    private final RpmPages pages;

    RpmNdb(RpmPages pages) {
        this.pages = pages;
    }

    void each(RpmPages.Blobs out) throws IOException, Unreadable {
        ByteBuffer head = pages.read(0, 32, ByteOrder.LITTLE_ENDIAN);
        long slotPages = head.getInt(12) & 0xffffffffL;
        if (head.getInt(4) != 0 || slotPages < 1 || slotPages * PAGE > pages.size()) {
            throw damaged();
        }
        for (int page = 0; page < slotPages; page++) {
            ByteBuffer slots = pages.read((long) page * PAGE, PAGE, ByteOrder.LITTLE_ENDIAN);
            for (int at = page == 0 ? 2 * UNIT : 0; at < PAGE; at += UNIT) {
                if (slots.getInt(at) != SLOT) {
                    throw damaged();
                }
                long number = slots.getInt(at + 4) & 0xffffffffL;
                if (number != 0) {
                    blob(number, (slots.getInt(at + 8) & 0xffffffffL) * UNIT, out);
                }
            }
        }
    }

    private void blob(long number, long at, RpmPages.Blobs out) throws IOException, Unreadable {
        ByteBuffer head = pages.read(at, UNIT, ByteOrder.LITTLE_ENDIAN);
        long bytes = head.getInt(12) & 0xffffffffL;
        if (head.getInt(0) != BLOB || (head.getInt(4) & 0xffffffffL) != number || bytes > RpmPages.MOST_BLOB) {
            throw damaged();
        }
        out.blob(pages.read(at + UNIT, (int) bytes, ByteOrder.LITTLE_ENDIAN).array());
    }

    private static Unreadable damaged() {
        return new Unreadable(0, "is a damaged RPM database (ndb); " + RpmDatabase.MEND);
    }
}
