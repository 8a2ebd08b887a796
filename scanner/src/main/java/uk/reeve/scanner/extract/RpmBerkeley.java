package uk.reeve.scanner.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import uk.reeve.engine.input.Unreadable;

/// The hash of a Berkeley DB, `Packages`: pairs of a package's number and its header, which as a rule stands on
/// pages of its own, one after the other.
///
/// Source: Berkeley DB, src/dbinc/db_page.h.
final class RpmBerkeley {

    static final int HASH = 0x061561;
    static final int MAGIC_AT = 12;

    private static final int PAGE_HEAD = 26;
    private static final int UNSORTED = 2;
    private static final int SORTED = 13;
    private static final int INLINE = 1;
    private static final int OFF_PAGE = 3;

    private final RpmPages pages;
    private final ByteOrder order;
    private final int pageSize;
    private final long last;

    RpmBerkeley(RpmPages pages, ByteOrder order) throws IOException, Unreadable {
        this.pages = pages;
        this.order = order;
        ByteBuffer head = pages.read(0, 72, order);
        this.pageSize = head.getInt(20);
        this.last = head.getInt(32) & 0xffffffffL;
        if (head.get(24) != 0) {
            throw new Unreadable(0, "is an encrypted database; " + RpmDatabase.MEND);
        }
        if (pageSize < 512 || pageSize > 65_536 || Integer.bitCount(pageSize) != 1) {
            throw damaged();
        }
    }

    private static Unreadable damaged() {
        return new Unreadable(0, "is a damaged Berkeley DB; " + RpmDatabase.MEND);
    }

    void each(RpmPages.Blobs out) throws IOException, Unreadable {
        for (long number = 1; number <= last; number++) {
            ByteBuffer page = pages.read(number * pageSize, pageSize, order);
            int type = page.get(25);
            if (type != UNSORTED && type != SORTED) {
                continue;
            }
            int entries = page.getShort(20) & 0xffff;
            if (PAGE_HEAD + 2 * entries > pageSize) {
                throw damaged();
            }
            for (int i = 1; i < entries; i += 2) { // keys and values take turns
                value(page, place(page, i), place(page, i - 1), out);
            }
        }
    }

    private static int place(ByteBuffer page, int entry) {
        return page.getShort(PAGE_HEAD + 2 * entry) & 0xffff;
    }

    // Items lie from the end of the page to its beginning.
    private void value(ByteBuffer page, int at, int end, RpmPages.Blobs out) throws IOException, Unreadable {
        if (at < PAGE_HEAD || at >= end || end > pageSize) {
            throw damaged();
        }
        int type = page.get(at);
        if (type == INLINE) {
            byte[] value = new byte[end - at - 1];
            page.get(at + 1, value);
            if (value.length > 4) { // else it is the number that the next package will have
                out.blob(value);
            }
        } else if (type == OFF_PAGE && end - at >= 12) {
            out.blob(overflow(page.getInt(at + 4) & 0xffffffffL, page.getInt(at + 8) & 0xffffffffL));
        }
    }

    private byte[] overflow(long first, long length) throws IOException, Unreadable {
        if (length > Math.min(RpmPages.MOST_BLOB, pages.size())) {
            throw damaged();
        }
        byte[] value = new byte[(int) length];
        int at = 0;
        for (long number = first; at < length; ) {
            if (number == 0) {
                throw damaged();
            }
            ByteBuffer page = pages.read(number * pageSize, pageSize, order);
            int here = (int) Math.min(Math.min(length - at, pageSize - PAGE_HEAD), page.getShort(22) & 0xffff);
            if (here == 0) {
                throw damaged();
            }
            page.get(PAGE_HEAD, value, at, here);
            at += here;
            number = page.getInt(16) & 0xffffffffL;
        }
        return value;
    }
}
