package uk.reeve.engine.index;

/// The advisory index.
public final class AdvisoryIndex implements AutoCloseable {

    @Override
    public void close() {}
}
