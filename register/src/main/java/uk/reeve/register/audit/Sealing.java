package uk.reeve.register.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.jobs.Job;

/// Seals what was recorded since the last seal ([Seals] says how), off the way of those who record.
@Service
class Sealing {

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);
    private static final int BATCH = 10_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate connections;
    private final TransactionTemplate transactions;
    private final Path folder;

    Sealing(
            JdbcClient jdbc,
            JdbcTemplate connections,
            TransactionTemplate transactions,
            @Value("${reeve.data}") Path folder) {
        this.jdbc = jdbc;
        this.connections = connections;
        this.transactions = transactions;
        this.folder = folder;
    }

    @Bean
    Job auditSeal() {
        return new Job("audit-seal", Duration.ofMinutes(5), () -> {
            while (Boolean.TRUE.equals(transactions.execute(_ -> seal()))) {
                // the next batch
            }
        });
    }

    /// One batch.
    ///
    /// @return whether there may be another
    boolean seal() {
        long next = jdbc.sql("SELECT coalesce(max(id), 0) + 1 FROM audit_seal")
                .query(Long.class)
                .single();
        int taken = jdbc.sql("""
                UPDATE audit_entry SET seal_id = :next
                 WHERE id IN (SELECT id FROM audit_entry WHERE seal_id IS NULL ORDER BY id LIMIT :batch)
                """).param("next", next).param("batch", BATCH).update();
        if (taken == 0) {
            return false;
        }
        MessageDigest digest = Seals.sha256();
        digest.update(jdbc.sql("SELECT hash FROM audit_seal WHERE id = :before")
                .param("before", next - 1)
                .query(byte[].class)
                .optional()
                .orElse(new byte[32]));
        Long entries = connections.execute((java.sql.Connection connection) -> Seals.hash(connection, next, digest));
        byte[] hash = digest.digest();
        jdbc.sql("INSERT INTO audit_seal (id, entries, hash, signature) VALUES (:id, :entries, :hash, :signature)")
                .param("id", next)
                .param("entries", entries)
                .param("hash", hash)
                .param("signature", key().sign(hash))
                .update();
        LOG.info("audit: {} entries sealed, head {}", entries, HexFormat.of().formatHex(hash));
        return taken == BATCH;
    }

    private SealKey key() {
        try {
            return SealKey.of(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
