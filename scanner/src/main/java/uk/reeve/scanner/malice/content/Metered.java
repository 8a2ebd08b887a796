package uk.reeve.scanner.malice.content;

/// Characters that may be looked at so often, and until a deadline, and no more: no text, however it is made, keeps a
/// pattern busy.
final class Metered implements CharSequence {

    private static final int TIMES = 300;
    private static final int AT_LEAST = 1 << 20;
    private static final int BETWEEN_CLOCKS = 1 << 16;

    private final String text;
    private final Deadline deadline;
    private long left;

    Metered(String text, Deadline deadline) {
        this.text = text;
        this.deadline = deadline;
        this.left = AT_LEAST + (long) TIMES * text.length();
    }

    /// They were looked at too often.
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0 || (left % BETWEEN_CLOCKS == 0 && deadline.isPast())) {
            throw new Spent();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
