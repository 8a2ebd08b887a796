package uk.reeve.engine.version;

final class DebianOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        throw new BadVersion(left, "cannot be compared");
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        throw new BadVersion(version, "has no key");
    }
}
