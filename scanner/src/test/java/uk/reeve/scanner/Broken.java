package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import uk.reeve.scanner.Inventory.LedgerLine;

/// A file in many broken variants: first cut at so many places, then with up to twenty bits flipped where a fixed seed
/// says. With `-Dtrials=true` there are 2,000 of them.
final class Broken {

    private static final int FLIPS = 20;

    private Broken() {}

    @FunctionalInterface
    interface Each {
        void take(int number, byte[] variant) throws IOException;
    }

    /// @param cuts how many variants, the first, are cut
    /// @param inBuild how many variants there are where nobody asks for trials
    static void each(byte[] whole, int cuts, int inBuild, Each each) throws IOException {
        Random random = new Random(7);
        int count = Boolean.getBoolean("trials") ? 2_000 : inBuild;
        for (int i = 0; i < count; i++) {
            byte[] variant = i < cuts ? Arrays.copyOf(whole, whole.length * i / cuts) : whole.clone();
            for (int flip = 0; i >= cuts && flip < 1 + i % FLIPS; flip++) {
                variant[random.nextInt(variant.length)] ^= (byte) (1 << random.nextInt(8));
            }
            each.take(i, variant);
        }
    }

    /// What a scan of the folder tells, which ends within ten seconds, in lines that are one line each and name no
    /// fault of the scanner's own.
    static List<LedgerLine> told(Path folder) {
        Inventory found =
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Scan.of(List.of(folder), Scan.Options.DEFAULT));
        assertThat(found.ledger()).extracting(LedgerLine::message).allSatisfy(message -> assertThat(message)
                .doesNotContain("fault is ours")
                .doesNotContain("\n"));
        return found.ledger();
    }
}
