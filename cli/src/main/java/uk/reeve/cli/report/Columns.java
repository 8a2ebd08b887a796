package uk.reeve.cli.report;

import java.util.ArrayList;
import java.util.List;

/// A table in plain text. No cell is ever cut: one that is wider than its column goes on alone, and the rest of its row
/// stands on the next line, in its columns.
final class Columns {

    private static final int GAP = 2;

    private final Page page;
    private final int[] limits;
    private final List<String[]> rows = new ArrayList<>();
    private final List<String> styles = new ArrayList<>();

    /// @param limits the most that each column may take; the last takes what is left
    Columns(Page page, int... limits) {
        this.page = page;
        this.limits = limits;
    }

    void row(String style, String... cells) {
        for (int i = 0; i < cells.length; i++) {
            cells[i] = Text.clean(cells[i]);
        }
        rows.add(cells);
        styles.add(style);
    }

    void print() {
        int[] widths = new int[limits.length];
        for (String[] cells : rows) {
            for (int i = 0; i < cells.length; i++) {
                int width = width(cells[i]);
                widths[i] =
                        width > limits[i] ? Math.max(widths[i], Math.min(limits[i], 12)) : Math.max(widths[i], width);
            }
        }
        for (int r = 0; r < rows.size(); r++) {
            print(rows.get(r), widths, styles.get(r));
        }
    }

    private void print(String[] cells, int[] widths, String style) {
        page.pad(GAP);
        int at = GAP;
        int start = GAP;
        for (int i = 0; i < cells.length; i++) {
            if (cells[i].isEmpty()) {
                start += widths[i] + (widths[i] == 0 ? 0 : GAP);
                continue;
            }
            boolean last = i + 1 == cells.length;
            boolean tight = at > GAP && at + GAP > start; // what stands before leaves no gap
            if (tight || (last && at > GAP && start + width(cells[i]) > page.columns())) {
                page.end();
                at = 0;
                start = last && start + width(cells[i]) > page.columns() ? 2 * GAP : start;
            }
            page.pad(start - at);
            at = start + page.styled(i == 0 ? style : "", cells[i]);
            start += widths[i] + GAP;
        }
        page.end();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
