package uk.reeve.register.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Whether the record of who did what is as it was sealed.
///
/// Entries are sealed in batches. A seal's hash is SHA-256 over the hash before it (32 bytes; zeros for the first) and
/// over each entry of its batch in order of id: a line `[id,"at",person,organisation,about,act,subject,reason]` of
/// JSON as PostgreSQL writes it ([#LINE]), UTF-8, ended by a line feed. So no entry can be changed, added or taken
/// away in the middle; that the newest ones were cut off shows only where a later head was noted elsewhere: the head
/// is signed with the installation's key ([SealKey]) and goes to the log each time.
public final class Seals {

    /// An entry as it is hashed. Times in UTC with microseconds, so that no setting of a session changes the bytes.
    static final String LINE = """
            json_build_array(id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), person_id, organisation_id,
                             about_organisation_id, act, subject, reason)::text
            """;

    private Seals() {}

    /// @param whole nothing was found wrong
    /// @param words what was found, for people
    public record Verdict(boolean whole, String words) {}

    /// @param head of an earlier time, in hexadecimal, that must still be in the chain; empty for none
    /// @param key null where signatures are not to be checked
    public static Verdict verify(Connection database, String head, @Nullable SealKey key) throws SQLException {
        byte[] before = new byte[32];
        long seals = 0;
        long entries = 0;
        boolean met = head.isEmpty();
        try (Statement all = database.createStatement();
                ResultSet seal = all.executeQuery("SELECT id, entries, hash, signature FROM audit_seal ORDER BY id")) {
            while (seal.next()) {
                long id = seal.getLong(1);
                MessageDigest digest = sha256();
                digest.update(before);
                long found = hash(database, id, digest);
                byte[] hash = digest.digest();
                if (found != seal.getLong(2) || !MessageDigest.isEqual(hash, seal.getBytes(3))) {
                    return new Verdict(
                            false,
                            "The record is NOT as it was sealed: seal %,d covers %,d entries, %,d are there, or they were changed."
                                    .formatted(id, seal.getLong(2), found));
                }
                if (key != null && !key.signed(hash, seal.getBytes(4))) {
                    return new Verdict(
                            false, "Seal %,d is not signed with this register's key (%s).".formatted(id, key.path()));
                }
                before = hash;
                met |= head.equalsIgnoreCase(HexFormat.of().formatHex(hash));
                seals++;
                entries += found;
            }
        }
        if (!met) {
            return new Verdict(
                    false, "The head %s is not in the chain: entries were cut off or replaced.".formatted(head));
        }
        return new Verdict(
                true,
                "The record is as it was sealed: %,d entries under %,d seals; %,d wait for the next.%s Head: %s"
                        .formatted(
                                entries,
                                seals,
                                waiting(database),
                                seals > 0 && key == null
                                        ? " The signatures were not checked, since " + SealKey.FILE + " is not there."
                                        : "",
                                seals == 0 ? "none yet" : HexFormat.of().formatHex(before)));
    }

    /// Feeds the batch of a seal to a digest.
    ///
    /// @return how many entries
    static long hash(Connection database, long seal, MessageDigest digest) throws SQLException {
        long entries = 0;
        try (PreparedStatement batch =
                database.prepareStatement("SELECT %s FROM audit_entry WHERE seal_id = ? ORDER BY id".formatted(LINE))) {
            batch.setLong(1, seal);
            try (ResultSet entry = batch.executeQuery()) {
                while (entry.next()) {
                    digest.update((entry.getString(1) + "\n").getBytes(StandardCharsets.UTF_8));
                    entries++;
                }
            }
        }
        return entries;
    }

    private static long waiting(Connection database) throws SQLException {
        try (Statement count = database.createStatement();
                ResultSet row = count.executeQuery("SELECT count(*) FROM audit_entry WHERE seal_id IS NULL")) {
            row.next();
            return row.getLong(1);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
