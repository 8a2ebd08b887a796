package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.ErrorResponseException;

@Timeout(60)
class TurnsTest {

    private final Turns turns = new Turns(4, Duration.ofMinutes(1), Duration.ZERO);
    private final BlockingQueue<Turns.Turn> begun = new LinkedBlockingQueue<>();
    private final List<Thread> waiting = new ArrayList<>();

    private void ask(String who, int times) {
        for (int i = 0; i < times; i++) {
            waiting.add(Thread.ofVirtual().start(() -> begun.add(turns.of(who))));
        }
    }

    private void untilAllWaitOrWork() throws InterruptedException {
        for (Thread thread : waiting) {
            while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    private Turns.Turn next() throws InterruptedException {
        Turns.Turn turn = begun.poll(10, TimeUnit.SECONDS);
        assertThat(turn).isNotNull();
        return turn;
    }

    @Test
    void who_is_alone_has_all() throws InterruptedException {
        ask("scraper", 6);
        untilAllWaitOrWork();
        assertThat(begun).hasSize(4);
        next().close();
        next().close();
        for (int i = 0; i < 4; i++) {
            next().close();
        }
    }

    @Test
    void who_asks_beside_another_does_not_wait_and_gets_an_equal_part() throws InterruptedException {
        ask("scraper", 8);
        untilAllWaitOrWork();
        List<Turns.Turn> scraping = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scraping.add(next());
        }
        Turns.Turn council = turns.of("council"); // at once
        scraping.removeLast().close();
        scraping.removeLast().close();
        untilAllWaitOrWork();
        assertThat(begun).isEmpty(); // the scraper has two, which is its half
        scraping.removeLast().close();
        scraping.add(next());
        untilAllWaitOrWork();
        assertThat(begun).isEmpty();
        council.close(); // alone again
        scraping.removeLast().close();
        for (int i = 0; i < 3; i++) {
            scraping.add(next());
        }
        scraping.forEach(Turns.Turn::close);
    }

    @Test
    void who_was_answered_a_moment_ago_still_counts() throws InterruptedException {
        Turns patient = new Turns(4, Duration.ofMinutes(1), Duration.ofHours(1));
        patient.of("council").close(); // and reads
        for (int i = 0; i < 3; i++) {
            waiting.add(Thread.ofVirtual().start(() -> begun.add(patient.of("scraper"))));
        }
        untilAllWaitOrWork();
        assertThat(begun).hasSize(2);
        next().close();
        next().close();
        next().close();
    }

    @Test
    void however_many_ask_each_has_one() {
        List<Turns.Turn> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(turns.of("council " + i));
        }
        all.forEach(Turns.Turn::close);
    }

    @Test
    void who_has_too_many_waiting_is_refused() throws InterruptedException {
        ask("scraper", 104);
        untilAllWaitOrWork();
        assertThatThrownBy(() -> turns.of("scraper")).isInstanceOf(ErrorResponseException.class);
        turns.of("council").close();
        for (int i = 0; i < 104; i++) {
            next().close();
        }
        turns.of("scraper").close();
    }

    @Test
    void who_waits_too_long_is_refused() {
        Turns brief = new Turns(1, Duration.ofMillis(50), Duration.ZERO);
        try (Turns.Turn _ = brief.of("scraper")) {
            assertThatThrownBy(() -> brief.of("scraper")).isInstanceOf(ErrorResponseException.class);
            brief.of("council").close();
        }
        brief.of("scraper").close();
    }

    @Test
    void who_is_interrupted_takes_no_turn() throws InterruptedException {
        ask("scraper", 4);
        untilAllWaitOrWork();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.of("scraper")).isInstanceOf(ErrorResponseException.class);
        assertThat(Thread.interrupted()).isTrue();
        next().close();
        turns.of("scraper").close();
    }
}
