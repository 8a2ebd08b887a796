package uk.reeve.cli;

/// What was asked cannot be done: one line for the person, and the exit status.
final class Refused extends Exception {

    private final int status;

    /// @param message one line: what is wrong; what to do
    Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    /// The command was wrong.
    static Refused usage(String message) {
        return new Refused(Exit.USAGE, message);
    }

    int status() {
        return status;
    }

    @Override
    public String getMessage() {
        String message = super.getMessage();
        return message == null ? "" : message;
    }
}
