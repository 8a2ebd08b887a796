package uk.reeve.scanner.malice.content;

/// Characters that may be looked at so often and no more: no text, however it is made, keeps a pattern busy.
final class Metered implements CharSequence {

    private static final int TIMES = 300;
    private static final int AT_LEAST = 1 << 20;

    private final String text;
    private long left;

    Metered(String text) {
        this.text = text;
        this.left = AT_LEAST + (long) TIMES * text.length();
    }

    /// They were looked at too often.
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
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
