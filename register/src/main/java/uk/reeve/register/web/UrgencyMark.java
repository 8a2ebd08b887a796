package uk.reeve.register.web;

/// How each urgency is shown: word, shape, tag.
public enum UrgencyMark {
    ACT_NOW("Act now", Shape.SOLID_TRIANGLE, "govuk-tag--red reeve-tag--solid"),
    IN_14_DAYS("In 14 days", Shape.HALF_TRIANGLE, "govuk-tag--orange"),
    IN_60_DAYS("In 60 days", Shape.OUTLINED_TRIANGLE, "govuk-tag--blue"),
    NEXT_UPGRADE("Next upgrade", Shape.DASH, "reeve-tag--plain");

    private final String word;
    private final Shape shape;
    private final String css;

    UrgencyMark(String word, Shape shape, String css) {
        this.word = word;
        this.shape = shape;
        this.css = css;
    }

    public String word() {
        return word;
    }

    public Shape shape() {
        return shape;
    }

    public String css() {
        return css;
    }
}
