package uk.reeve.register.database;

/// Why the database cannot be used as asked: one sentence or two for whoever runs the register, without
/// secrets.
public final class DatabaseProblem extends Exception {

    private static final long serialVersionUID = 1;

    DatabaseProblem(String sentence) {
        super(sentence);
    }

    DatabaseProblem(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
