package uk.reeve.register.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// DOMAIN 10 as a table, working days, and what needs no database.
class AlertClassTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 28);

    // days, malicious, exploited, ransomware, criticality, exposed, taken back, EPSS, days left by Cyber Essentials
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            60, true,  false, false, 3, false, false, -,    -,  INSTANT
            3,  false, false, false, 3, true,  false, -,    -,  INSTANT
            14, false, true,  true,  1, false, false, -,    -,  INSTANT
            14, false, true,  true,  2, false, false, -,    -,  SAME_DAY
            14, false, false, true,  1, true,  false, -,    -,  SAME_DAY
            14, false, true,  false, 1, false, true,  -,    -,  INSTANT
            60, false, false, false, 1, true,  true,  -,    -,  WEEKLY
            14, false, false, false, 3, true,  false, -,    -,  SAME_DAY
            60, false, false, false, 3, true,  false, 0.5,  -,  SAME_DAY
            60, false, false, false, 3, true,  false, 0.49, -,  WEEKLY
            60, false, false, false, 3, false, false, 0.97, -,  WEEKLY
            0,  false, false, false, 3, false, false, -,    3,  SAME_DAY
            0,  false, false, false, 3, false, false, -,    -9, SAME_DAY
            0,  false, false, false, 3, false, false, -,    4,  DAILY
            60, false, false, false, 3, true,  false, 0.1,  14, DAILY
            60, false, false, false, 3, true,  false, -,    -,  WEEKLY
            0,  false, false, false, 1, false, false, -,    -,  WEEKLY
            """)
    void class_by_facts(
            int days,
            boolean malicious,
            boolean exploited,
            boolean ransomware,
            int criticality,
            boolean exposed,
            boolean takenBack,
            Double epss,
            Integer left,
            AlertClass expected) {
        LocalDate due = left == null ? null : TODAY.plusDays(left);
        assertThat(AlertClass.of(
                        new AlertClass.Facts(
                                days, malicious, exploited, ransomware, criticality, exposed, takenBack, epss, due),
                        TODAY))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            medium,   6.9, 2026-11-20, -
            medium,   7.0, 2026-11-20, 2026-12-04
            critical, -,   2026-11-20, 2026-12-04
            high,     -,   2026-11-20, 2026-12-04
            unrated,  -,   2026-11-20, 2026-12-04
            low,      -,   2026-11-20, -
            critical, 9.8, -,          -
            """)
    void the_clock_of_cyber_essentials_starts_with_the_fix(
            String severity, Double score, LocalDate fixed, LocalDate due) {
        assertThat(AlertClass.essentialDue(severity, score, fixed)).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            SAME_DAY, 8, England,          2026-11-27T10:00:00Z, 2026-11-27T16:00:00Z
            SAME_DAY, 8, England,          2026-11-27T16:00:00Z, 2026-11-30T16:00:00Z
            SAME_DAY, 8, Scotland,         2026-11-27T16:00:00Z, 2026-12-01T16:00:00Z
            DAILY,    9, England,          2026-11-28T10:00:00Z, 2026-11-30T09:00:00Z
            DAILY,    9, Scotland,         2026-11-28T10:00:00Z, 2026-12-01T09:00:00Z
            WEEKLY,   8, England,          2026-11-30T07:00:00Z, 2026-11-30T08:00:00Z
            WEEKLY,   8, England,          2026-11-30T08:00:00Z, 2026-12-07T08:00:00Z
            WEEKLY,   8, Scotland,         2026-11-29T08:00:00Z, 2026-12-01T08:00:00Z
            WEEKLY,   8, Wales,            2026-12-24T12:00:00Z, 2026-12-29T08:00:00Z
            DAILY,    8, Northern Ireland, 2027-07-11T12:00:00Z, 2027-07-13T07:00:00Z
            DAILY,    8, -,                2027-07-11T12:00:00Z, 2027-07-12T07:00:00Z
            """)
    void what_can_wait_comes_at_its_hour_on_a_day_on_which_people_work(
            AlertClass how, int hour, String nation, Instant now, Instant next) {
        assertThat(WorkingDays.next(how, hour, nation, now)).isEqualTo(next);
    }

    /// An address that leads into this network, in every dress.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "192.0.2.1",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "ff02::1",
                "2001::1"
            })
    void addresses_of_this_network_are_inside(String address) throws Exception {
        assertThat(Outbound.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4009::1"})
    void addresses_of_the_internet_are_outside(String address) throws Exception {
        assertThat(Outbound.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void signatures_are_those_of_standard_webhooks() {
        byte[] secret = Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookDelivery.signature(
                        secret,
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="); // the specification's own example
    }
}
