package uk.reeve.register.organisation;

import java.net.InetAddress;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// Slows down who guesses. Each try fills three buckets that drain with time: that of the account from this network, of
/// the network, and of the account from wherever. The last does not hold where the account came in from this network
/// within 30 days: so a stranger's guesses do not keep its owner out. Names that nobody has fill the same buckets.
@Service
class Tries {

    /// What people read when a bucket is full.
    static final String LATER = "There were too many tries. Wait a minute, then try again";

    private static final Bucket HERE = new Bucket(5, Duration.ofSeconds(60));
    private static final Bucket NETWORK = new Bucket(30, Duration.ofSeconds(10));
    private static final Bucket ANYWHERE = new Bucket(10, Duration.ofSeconds(60));
    private static final Duration KNOWN = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Tries(JdbcClient jdbc, TransactionTemplate transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @param most what it holds
    /// @param drains how long one try takes to drain
    private record Bucket(int most, Duration drains) {}

    /// Counts a try before it is made, so that many at once gain nothing.
    ///
    /// @param account an email address as given, or what else is tried
    /// @param address of the network, as `192.0.2.7`
    /// @return false: not now
    boolean take(String account, String address) {
        return gate(() -> {
            byte[] here = key(account, address);
            boolean room = fill(key("", address), NETWORK) && fill(here, HERE);
            return room && (known(here) || fill(key(account, ""), ANYWHERE));
        });
    }

    /// The try was a good one.
    void cameIn(String account, String address) {
        gate(() -> {
            jdbc.sql("UPDATE sign_in_try SET level = 0, came_in_at = :now WHERE what = :here")
                    .param("now", now())
                    .param("here", key(account, address))
                    .update();
            return jdbc.sql("UPDATE sign_in_try SET level = greatest(0, level - 1) WHERE what IN (:network, :anywhere)")
                    .param("network", key("", address))
                    .param("anywhere", key(account, ""))
                    .update();
        });
    }

    /// What is of no use any more; addresses of networks are not kept longer than they are needed.
    void forget() {
        gate(() -> jdbc.sql("""
                DELETE FROM sign_in_try WHERE at < :day AND (came_in_at IS NULL OR came_in_at < :known)
                """)
                .param("day", Timestamp.from(clock.instant().minus(Duration.ofDays(1))))
                .param("known", Timestamp.from(clock.instant().minus(KNOWN)))
                .update());
    }

    private boolean fill(byte[] what, Bucket bucket) {
        return jdbc.sql("""
                INSERT INTO sign_in_try AS t (what, level, at) VALUES (:what, 1, :now)
                ON CONFLICT (what) DO UPDATE
                   SET level = greatest(0, t.level - extract(epoch FROM excluded.at - t.at) / :drains) + 1, at = excluded.at
                 WHERE greatest(0, t.level - extract(epoch FROM excluded.at - t.at) / :drains) + 1 <= :most
                """)
                        .param("what", what)
                        .param("now", now())
                        .param("drains", bucket.drains().toSeconds())
                        .param("most", bucket.most())
                        .update()
                == 1;
    }

    private boolean known(byte[] here) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM sign_in_try WHERE what = :here AND came_in_at > :since)")
                .param("here", here)
                .param("since", Timestamp.from(clock.instant().minus(KNOWN)))
                .query(Boolean.class)
                .single();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    private static byte[] key(String account, String address) {
        return Secret.hash(account.strip().toLowerCase(Locale.ROOT) + "\n" + network(address));
    }

    /// Of IPv6 the half that names the network: one customer has the other half to himself.
    static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] whole = InetAddress.ofLiteral(address.replaceAll("%.*", "")).getAddress();
            return HexFormat.of().formatHex(whole.length == 16 ? Arrays.copyOf(whole, 8) : whole);
        } catch (IllegalArgumentException e) {
            return address; // what a proxy tells is not always one
        }
    }

    private <T> T gate(java.util.function.Supplier<T> work) {
        return Asking.as(
                new Asker.Gate(), () -> java.util.Objects.requireNonNull(transactions.execute(_ -> work.get())));
    }
}
