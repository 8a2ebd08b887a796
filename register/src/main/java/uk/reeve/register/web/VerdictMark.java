package uk.reeve.register.web;

/// How each verdict of the closed list is shown: word and shape (RULINGS 7).
public enum VerdictMark {
    AFFECTED("Affected", Shape.SOLID_TRIANGLE),
    POSSIBLE("Possibly affected", Shape.TRIANGLE_WITH_QUESTION),
    NOT_AFFECTED("Not affected", Shape.BARRED_CIRCLE),
    FIXED("Fixed", Shape.TICK),
    UNKNOWN("Unknown", Shape.CIRCLE_WITH_QUESTION),
    NOT_CHECKABLE("Cannot be checked", Shape.DASHED_SQUARE);

    private final String word;
    private final Shape shape;

    VerdictMark(String word, Shape shape) {
        this.word = word;
        this.shape = shape;
    }

    public String word() {
        return word;
    }

    public Shape shape() {
        return shape;
    }
}
