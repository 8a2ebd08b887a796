package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;

/// How people come in, for whom they act, how they get back in and how they leave.
@RegisterTest
class SignInTest {

    private static final String WAIT = "There were too many tries. Wait a minute, then try again";
    private static final String WRONG = "Check your email address and password. One of them is not right";
    private static final String NEW_PASSWORD = "another horse, another battery";

    @Autowired
    Given given;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @LocalServerPort
    int port;

    @Test
    void who_guesses_is_slowed_down_and_the_owner_is_not() {
        String email = given.account(Asker.Kind.COUNCIL);
        Browser owner = new Browser(port).signIn(email, Given.PASSWORD);
        Browser stranger = new Browser(port, "127.0.0.9");
        assertThat(guess(stranger, email, 5)).containsOnly(WRONG);
        assertThat(say(stranger, email, Given.PASSWORD)).contains(WAIT); // even with the right one
        assertThat(guess(stranger, "nobody@nowhere.example", 6))
                .containsExactly(WRONG, WRONG, WRONG, WRONG, WRONG, WAIT);

        guess(new Browser(port, "127.0.0.10"), email, 5);
        guess(new Browser(port, "127.0.0.11"), email, 5);
        Browser elsewhere = new Browser(port, "127.0.0.12");
        assertThat(say(elsewhere, email, Given.PASSWORD)).contains(WAIT); // ten guesses, from wherever
        new Browser(port).signIn(email, Given.PASSWORD); // from where they came in before
        assertThat(owner.get("/today").statusCode()).isEqualTo(200);

        gate(() -> jdbc.sql("UPDATE sign_in_try SET at = at - interval '61 seconds'")
                .update()); // a minute later
        elsewhere.signIn(email, Given.PASSWORD);
    }

    @Test
    void a_person_of_two_councils_sees_only_the_one_they_act_for() {
        Asker.Person first = given.someoneOf(Asker.Kind.COUNCIL, "Aldermere Council");
        Asker.Person second = given.someoneOf(Asker.Kind.COUNCIL, "Zedmere Council");
        Asker.Person third = given.someoneOf(Asker.Kind.COUNCIL, "Foreign Council");
        for (Asker.Person owner : List.of(first, second, third)) {
            given.inJob(() -> jdbc.sql("INSERT INTO system (organisation_id, name) VALUES (:organisation, :name)")
                    .param("organisation", owner.organisation())
                    .param("name", "System of " + owner.organisation())
                    .update());
        }
        Browser alone = new Browser(port).signIn(given.account(first), Given.PASSWORD);
        assertThat(alone.get("/account").body())
                .contains("/organisation/people")
                .doesNotContain("You are acting for");
        assertThat(alone.get("/account/acting-for").body()).contains("You belong to one organisation");
        given.inJob(() -> jdbc.sql("INSERT INTO membership (person_id, organisation_id, role)"
                        + " SELECT :person, :organisation, unnest(ARRAY['reader', 'administrator'])")
                .param("person", first.person())
                .param("organisation", second.organisation())
                .update());

        assertThat(alone.get("/account").body()).contains("You are acting for <strong>Aldermere Council</strong>");
        assertThat(systems(alone))
                .contains("System of " + first.organisation())
                .doesNotContain("System of " + second.organisation());
        assertThat(actFor(alone, second).statusCode()).isEqualTo(303);
        assertThat(alone.get("/account").body()).contains("You are acting for <strong>Zedmere Council</strong>");
        assertThat(systems(alone))
                .contains("System of " + second.organisation())
                .doesNotContain("System of " + first.organisation());
        assertThat(alone.get("/systems/new").statusCode()).isEqualTo(403); // an editor of the first only

        assertThat(actFor(alone, third).body()).contains("Choose one of your organisations");
        assertThat(systems(alone)).doesNotContain("System of " + third.organisation());
        given.inJob(
                () -> jdbc.sql("DELETE FROM membership WHERE person_id = :person AND organisation_id = :organisation")
                        .param("person", first.person())
                        .param("organisation", second.organisation())
                        .update());
        assertThat(systems(alone))
                .contains("System of " + first.organisation())
                .doesNotContain("System of " + second.organisation());
    }

    @Test
    void codes_stand_beside_the_password_and_each_is_good_once() throws Exception {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Careful Council");
        String email = given.account(person);
        Browser browser = new Browser(port).signIn(email, Given.PASSWORD);
        Codes codes = enrol(browser);
        assertThat(kept("second_factor", person)).isOne();
        assertThat(as(person, () -> jdbc.sql("SELECT count(*)::int FROM second_factor")
                        .query(Integer.class)
                        .single()))
                .isZero();

        Browser again = new Browser(port);
        HttpResponse<String> half =
                again.post("/sign-in", again.token("/sign-in"), "email", email, "password", Given.PASSWORD);
        assertThat(half.headers().firstValue("Location")).hasValue("/sign-in/code");
        assertThat(again.get("/today").statusCode()).isEqualTo(302); // not in yet
        assertThat(code(again, "000000").body()).contains("Enter the code that your app shows now");
        assertThat(code(again, codes.shown(0)).body()).contains("Enter the code"); // it was used to set codes up
        assertThat(code(again, codes.shown(1)).statusCode()).isEqualTo(303);
        assertThat(again.get("/today").statusCode()).isEqualTo(200);
        assertThat(new Browser(port).get("/sign-in/code").statusCode()).isEqualTo(303); // no password, no code

        assertThat(halfWay(email, codes.recovery().getFirst().toUpperCase(java.util.Locale.ROOT))
                        .statusCode())
                .isEqualTo(303);
        assertThat(halfWay(email, codes.recovery().getFirst()).body()).contains("Enter the code");
        String page = "/account/second-factor";
        assertThat(again.get(page).body()).contains("9 recovery codes left");
        assertThat(again.post(page + "/removal", again.token(page), "code", "123456")
                        .statusCode())
                .isEqualTo(200);
        assertThat(again.post(
                                page + "/removal",
                                again.token(page),
                                "code",
                                codes.recovery().get(1))
                        .statusCode())
                .isEqualTo(303);
        assertThat(kept("second_factor", person) + kept("recovery_code", person))
                .isZero();
        new Browser(port).signIn(email, Given.PASSWORD).get("/today");
    }

    @Test
    void a_link_and_a_code_bring_back_who_forgot_the_password() throws Exception {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Forgetful Council");
        String email = given.account(person);
        Browser before = new Browser(port).signIn(email, Given.PASSWORD);
        Codes codes = enrol(before);

        Browser lost = new Browser(port);
        String known = answerTo(lost, email);
        assertThat(answerTo(lost, "nobody@nowhere.example")).isEqualTo(known);
        String link = link(email, 1);
        assertThat(lost.get(link).body()).contains(email);
        assertThat(lost.get(link).statusCode()).isEqualTo(200); // a mail scanner's look spends nothing
        assertThat(recover(lost, link, "000000").body()).contains("Enter the code that your app shows now");
        assertThat(recover(lost, link, codes.recovery().getFirst()).statusCode())
                .isEqualTo(303);
        assertThat(lost.get(link).statusCode()).isEqualTo(404);
        assertThat(before.get("/today").statusCode()).isEqualTo(302); // signed out everywhere
        assertThat(say(new Browser(port), email, Given.PASSWORD)).contains(WRONG);
        assertThat(lost.post("/sign-in", lost.token("/sign-in"), "email", email, "password", NEW_PASSWORD)
                        .headers()
                        .firstValue("Location"))
                .hasValue("/sign-in/code"); // codes are still asked for

        assertThat(answerTo(lost, email)).isEqualTo(known);
        String old = link(email, 2);
        gate(() -> jdbc.sql("UPDATE recovery SET expires_at = now() WHERE person_id = :person")
                .param("person", person.person())
                .update());
        assertThat(lost.get(old).statusCode()).isEqualTo(404);
    }

    @Test
    void an_administrators_word_stands_for_a_code_among_colleagues_only() throws Exception {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Helpful Council");
        String email = given.account(person);
        Asker.Person stranger = given.someoneOf(Asker.Kind.COUNCIL, "Unrelated Council");
        Asker.Person colleague = given.someoneOf(Asker.Kind.COUNCIL, "Colleague's Former Council");
        given.inJob(() -> jdbc.sql("UPDATE membership SET organisation_id = :organisation WHERE person_id = :person")
                .param("organisation", person.organisation())
                .param("person", colleague.person())
                .update());
        String colleagues = given.account(colleague);
        enrol(new Browser(port).signIn(email, Given.PASSWORD));

        Browser lost = new Browser(port);
        answerTo(lost, email);
        String link = link(email, 1);
        String press = "/organisation/people/" + person.person() + "/return";
        Browser other = new Browser(port).signIn(given.account(stranger), Given.PASSWORD);
        assertThat(other.post(press, other.token("/account")).statusCode()).isEqualTo(404);
        assertThat(recover(lost, link, "").body()).contains("Enter the code");
        Browser administrator = new Browser(port).signIn(colleagues, Given.PASSWORD);
        assertThat(administrator.get("/organisation/people").body()).contains(press);
        assertThat(administrator
                        .post(press, administrator.token("/organisation/people"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(recover(lost, link, "").statusCode()).isEqualTo(303);
        assertThat(kept("second_factor", person) + kept("recovery_word", person))
                .isZero();
        new Browser(port).signIn(email, NEW_PASSWORD);
    }

    @Test
    void a_password_is_changed_by_who_knows_the_present_one_and_other_sessions_end() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Changing Council");
        String email = given.account(person);
        Browser here = new Browser(port, "127.0.8.1").signIn(email, Given.PASSWORD);
        Browser elsewhere = new Browser(port, "127.0.8.2").signIn(email, Given.PASSWORD);
        String page = "/account/password";
        assertThat(here.get("/account").body()).contains("href=\"" + page);
        assertThat(here.post(page, here.token(page), "present", "wrong", "password", NEW_PASSWORD)
                        .body())
                .contains("Enter the password by which you sign in now");
        assertThat(here.post(page, here.token(page), "present", Given.PASSWORD, "password", "short")
                        .body())
                .contains("at least 12 characters");
        assertThat(here.post(page, here.token(page), "present", Given.PASSWORD, "password", Given.PASSWORD)
                        .body())
                .contains("Enter another password than the present one");
        assertThat(elsewhere.get("/today").statusCode()).isEqualTo(200);
        String before = here.cookie();

        assertThat(here.post(page, here.token(page), "present", Given.PASSWORD, "password", NEW_PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(here.text("/account")).contains("Your password is changed");
        assertThat(here.cookie()).isNotEqualTo(before);
        assertThat(elsewhere.get("/today").statusCode()).isEqualTo(302);
        new Browser(port, "127.0.8.3").signIn(email, NEW_PASSWORD);
        assertThat(say(new Browser(port, "127.0.8.4"), email, Given.PASSWORD)).contains(WRONG);
        assertThat(told(email, "Your password was changed"))
                .contains("/recovery")
                .doesNotContain(NEW_PASSWORD, Given.PASSWORD);
    }

    @Test
    void nobody_sets_a_password_at_an_open_browser_of_somebody_who_has_none() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Passwordless Council");
        Browser browser = new Browser(port, "127.0.8.5").signIn(given.account(person), Given.PASSWORD);
        String token = browser.token("/account/password");
        gate(() -> jdbc.sql("DELETE FROM password WHERE person_id = :person")
                .param("person", person.person())
                .update());
        assertThat(browser.get("/account").body()).doesNotContain("/account/password");
        assertThat(browser.get("/account/password").statusCode()).isEqualTo(404);
        assertThat(browser.post("/account/password", token, "present", "", "password", NEW_PASSWORD)
                        .statusCode())
                .isEqualTo(404);
        assertThat(kept("password", person)).isZero();
    }

    @Test
    void who_changes_codes_is_told_by_mail_without_a_secret() throws Exception {
        String email = given.account(given.someoneOf(Asker.Kind.COUNCIL, "Told Council"));
        Browser browser = new Browser(port, "127.0.8.6").signIn(email, Given.PASSWORD);
        Codes codes = enrol(browser);
        String page = "/account/second-factor";
        String renewed = browser.post(
                        page + "/codes",
                        browser.token(page),
                        "code",
                        codes.recovery().getFirst())
                .body();
        String code = find(renewed, "<code>([a-z0-9-]{19})</code>");
        assertThat(browser.post(page + "/removal", browser.token(page), "code", code)
                        .statusCode())
                .isEqualTo(303);
        String secret = new Base32().encodeToString(codes.secret());
        for (String what :
                List.of("are asked for from now on", "Ten new recovery codes were made", "are no longer asked for")) {
            assertThat(told(email, what))
                    .doesNotContain(secret, code, codes.recovery().getFirst());
        }
    }

    /// The mail to somebody that says so.
    private static String told(String email, String what) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> Arrays.stream(MailSink.SERVER.getReceivedMessages())
                                .map(com.icegreen.greenmail.util.GreenMailUtil::getWholeMessage)
                                .map(mail -> mail.replace("=\r\n", "").replace("\r\n", " "))
                                .filter(mail -> mail.contains("To: " + email) && mail.contains(what))
                                .findFirst()
                                .orElse(""),
                        mail -> !mail.isEmpty());
    }

    @Test
    void an_account_is_erased_by_its_owner_and_what_it_decided_stays() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Leaving Council");
        String email = given.account(person);
        Browser browser = new Browser(port).signIn(email, Given.PASSWORD);
        String page = "/account/erasure";
        assertThat(browser.get(page).body())
                .contains("This cannot be undone", "the only administrator of Leaving Council");
        assertThat(browser.post(page, browser.token(page), "password", "wrong").body())
                .contains("Enter your password");
        Browser elsewhere = new Browser(port).signIn(email, Given.PASSWORD);
        assertThat(browser.post(page, browser.token(page), "password", Given.PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(browser.get("/today").statusCode()).isEqualTo(302);
        assertThat(elsewhere.get("/today").statusCode()).isEqualTo(302);
        assertThat(say(new Browser(port), email, Given.PASSWORD)).contains(WRONG);
        assertThat(given.inJob(() -> jdbc.sql("SELECT name || ' ' || email FROM person WHERE id = :id")
                        .param("id", person.person())
                        .query(String.class)
                        .single()))
                .isEqualTo("Someone who has left " + person.person() + "@erased.invalid");
    }

    /// @param recovery all ten
    private record Codes(byte[] secret, Instant at, List<String> recovery) {

        String shown(int stepsLater) throws Exception {
            return new TimeBasedOneTimePasswordGenerator()
                    .generateOneTimePasswordString(
                            new SecretKeySpec(secret, "RAW"), at.plus(Duration.ofSeconds(30L * stepsLater)));
        }
    }

    private static Codes enrol(Browser browser) throws Exception {
        String page = "/account/second-factor";
        String body = browser.get(page).body();
        String secret = find(body, "name=\"secret\" value=\"([A-Z2-7]{32})\"");
        assertThat(body).contains("otpauth://totp/Reeve:", "<svg");
        Codes codes = new Codes(new Base32().decode(secret), Instant.now(), List.of());
        assertThat(browser.post(page, browser.token(page), "secret", secret, "code", "000000")
                        .body())
                .contains("Enter the 6 digits", secret);
        String made = browser.post(page, browser.token(page), "secret", secret, "code", codes.shown(0))
                .body();
        List<String> recovery = Pattern.compile("<code>([a-z0-9-]{19})</code>")
                .matcher(made)
                .results()
                .map(hit -> hit.group(1))
                .toList();
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(browser.get(page).body()).contains("10 recovery codes left").doesNotContain(recovery.getFirst());
        return new Codes(codes.secret(), codes.at(), recovery);
    }

    private HttpResponse<String> halfWay(String email, String code) {
        Browser browser = new Browser(port);
        browser.post("/sign-in", browser.token("/sign-in"), "email", email, "password", Given.PASSWORD);
        return code(browser, code);
    }

    private static HttpResponse<String> code(Browser browser, String code) {
        return browser.post("/sign-in/code", browser.token("/sign-in/code"), "code", code);
    }

    private static String answerTo(Browser browser, String email) {
        HttpResponse<String> answer = browser.post("/recovery", browser.token("/recovery"), "email", email);
        return answer.statusCode() + find(browser.get("/recovery").body(), "(If we know that address[^<]*)");
    }

    private static HttpResponse<String> recover(Browser browser, String link, String code) {
        return browser.post(link, browser.token(link), "code", code, "password", NEW_PASSWORD);
    }

    /// The link of the n-th mail to an address.
    private static String link(String email, int n) {
        Supplier<List<String>> mails = () -> Arrays.stream(MailSink.SERVER.getReceivedMessages())
                .map(com.icegreen.greenmail.util.GreenMailUtil::getWholeMessage)
                .filter(mail -> mail.contains("To: " + email) && mail.contains("Subject: Get back in"))
                .toList();
        await().atMost(Duration.ofSeconds(20)).until(() -> mails.get().size() == n);
        return find(mails.get().getLast(), "(/recovery/[A-Za-z0-9_-]{43})");
    }

    private String systems(Browser browser) {
        return browser.get("/systems").body();
    }

    private static HttpResponse<String> actFor(Browser browser, Asker.Person other) {
        String page = "/account/acting-for";
        return browser.post(
                page, browser.token(page), "organisation", other.organisation().toString());
    }

    private static List<String> guess(Browser browser, String email, int times) {
        return java.util.stream.IntStream.range(0, times)
                .mapToObj(i -> say(browser, email, "guess number " + i))
                .map(body -> body.contains(WAIT) ? WAIT : body.contains(WRONG) ? WRONG : body)
                .toList();
    }

    private static String say(Browser browser, String email, String password) {
        return browser.post("/sign-in", browser.token("/sign-in"), "email", email, "password", password)
                .body();
    }

    private int kept(String table, Asker.Person person) {
        return gate(() -> jdbc.sql("SELECT count(*)::int FROM " + table + " WHERE person_id = :person")
                .param("person", person.person())
                .query(Integer.class)
                .single());
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private <T> T gate(Supplier<T> work) {
        return as(new Asker.Gate(), work);
    }

    private <T> T as(Asker asker, Supplier<T> work) {
        return Asking.as(asker, () -> transactions.execute(_ -> work.get()));
    }

    /// Not even a fixed word of the code's: an account without a password has none that is right.
    @Test
    void an_account_without_a_password_is_not_entered_by_one() {
        Asker.Person person = given.someoneOf(Asker.Kind.COUNCIL, "Wordless");
        for (String tried : new String[] {"", "nobody has this password", "null"}) {
            Browser browser = new Browser(port, "127.0.7.1");
            browser.post("/sign-in", browser.token("/sign-in"), "email", given.mailOf(person), "password", tried);
            assertThat(browser.get("/today").statusCode()).as(tried).isEqualTo(302);
        }
    }

    @Test
    void an_administrator_removes_a_colleague_at_once_and_withdraws_an_invitation() {
        Asker.Person boss = given.someoneOf(Asker.Kind.COUNCIL, "Removing");
        Asker.Person leaver = given.someoneOf(Asker.Kind.COUNCIL, "Left Behind");
        given.inJob(() -> jdbc.sql("""
                        INSERT INTO membership (person_id, organisation_id, role) VALUES (:person, :organisation, 'reader')
                        """)
                .param("person", leaver.person())
                .param("organisation", boss.organisation())
                .update());
        Browser administrator = new Browser(port, "127.0.7.2").signIn(given.account(boss), Given.PASSWORD);
        Browser colleague = new Browser(port, "127.0.7.3").signIn(given.account(leaver), Given.PASSWORD);
        String people = "/organisation/people";
        assertThat(colleague.text("/account")).contains("Removing");
        String removal = people + "/" + leaver.person() + "/removal";
        assertThat(administrator.get(people).body())
                .contains("href=\"" + removal)
                .doesNotContain("action=\"" + removal);
        assertThat(administrator.text(removal)).contains("Remove Someone of Left Behind?", "API keys");
        assertThat(colleague.text("/account")).contains("Removing"); // looking removes nobody
        for (Asker.Person no : java.util.List.of(boss, given.someoneOf(Asker.Kind.COUNCIL, "Elsewhere"))) {
            assertThat(administrator
                            .get(people + "/" + no.person() + "/removal")
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(administrator.post(removal, administrator.token(removal)).statusCode())
                .isEqualTo(303);
        assertThat(colleague.text("/account")).doesNotContain("Removing").contains("Left Behind");
        assertThat(administrator.post(removal, administrator.token(people)).statusCode())
                .isEqualTo(404);
        assertThat(administrator
                        .post(people + "/" + boss.person() + "/removal", administrator.token(people))
                        .statusCode())
                .isEqualTo(404); // oneself: somebody must stay
        assertThat(administrator.text("/organisation/record")).contains("Removed somebody");

        administrator.post(people, administrator.token(people), "email", "late@removing.example", "roles", "reader");
        String link = MailSink.link("late@removing.example", "/join/[A-Za-z0-9_-]+");
        java.util.regex.Matcher form = java.util.regex.Pattern.compile(
                        "/organisation/people/invitations/[0-9a-f-]+/withdrawal")
                .matcher(administrator.get(people).body());
        assertThat(form.find()).isTrue();
        assertThat(colleague.post(form.group(), colleague.token("/account")).statusCode())
                .isEqualTo(404);
        assertThat(colleague.get(form.group()).statusCode()).isEqualTo(404);
        assertThat(administrator.text(form.group())).contains("late@removing.example");
        assertThat(administrator
                        .post(form.group(), administrator.token(form.group()))
                        .statusCode())
                .isEqualTo(303);
        assertThat(new Browser(port).get(link).statusCode()).isEqualTo(404);
    }

    @Test
    void the_installations_administrator_lets_nobody_into_an_organisation_that_has_its_own() {
        Asker.Person boss = given.someoneOf(Asker.Kind.COUNCIL, "Own House");
        Browser administrator =
                new Browser(port, "127.0.7.4").signIn(given.account(Asker.Kind.ADMINISTRATOR), Given.PASSWORD);
        String slug = given.inJob(() -> jdbc.sql("SELECT slug FROM organisation WHERE id = :id")
                .param("id", boss.organisation())
                .query(String.class)
                .single());
        String page = "/admin/organisations/" + slug;
        assertThat(administrator.text(page)).contains("Nobody else does").doesNotContain("Make an invitation");
        assertThat(administrator
                        .post(page, administrator.token("/account"), "email", "evil@admin.example")
                        .statusCode())
                .isEqualTo(422);
    }
}
