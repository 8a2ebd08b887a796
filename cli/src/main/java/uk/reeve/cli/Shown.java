package uk.reeve.cli;

import uk.reeve.cli.report.Text;

/// Words of the person's own, as a message may repeat them.
final class Shown {

    private Shown() {}

    static String text(String text) {
        return Text.clean(text.length() > 300 ? text.substring(0, 300) + "..." : text);
    }
}
