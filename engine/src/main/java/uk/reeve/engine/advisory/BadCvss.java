package uk.reeve.engine.advisory;

import uk.reeve.engine.input.Unreadable;

/// A text that is no CVSS vector. The message quotes it, and says what is wrong.
public final class BadCvss extends Exception {

    BadCvss(String vector, String reason) {
        super(Unreadable.oneLine(
                "\"" + (vector.length() > 200 ? vector.substring(0, 200) + "…" : vector) + "\" " + reason));
    }
}
