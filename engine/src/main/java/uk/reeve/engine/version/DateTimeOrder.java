package uk.reeve.engine.version;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/// Points in time (RFC 3339, section 5.6), whatever offset they are written with. Source: VERS, scheme `datetime`.
final class DateTimeOrder implements VersionOrder {

    @Override
    public int compare(String left, String right) throws BadVersion {
        return instant(left).compareTo(instant(right));
    }

    private static Instant instant(String version) throws BadVersion {
        Digits.checkLength(version);
        // What Java takes beyond the RFC: times without seconds, years of more digits.
        if (version.length() < 20 || version.charAt(10) != 'T' || version.charAt(16) != ':') {
            throw new BadVersion(version, "is no time as RFC 3339 writes it, such as 2026-01-31T09:30:00Z");
        }
        try {
            return OffsetDateTime.parse(version).toInstant();
        } catch (DateTimeParseException e) {
            throw new BadVersion(version, "is no time as RFC 3339 writes it, such as 2026-01-31T09:30:00Z");
        }
    }

    @Override
    public VersionKey key(String version) throws BadVersion {
        Instant instant = instant(version);
        long seconds = instant.getEpochSecond() - Instant.MIN.getEpochSecond();
        return new KeyBytes().number(seconds).number(instant.getNano()).key();
    }
}
