package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/// A new register, from the link that the start prints to a council's first page. In a database of its own.
@ExtendWith({PostgresHere.class, OutputCaptureExtension.class})
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = "reeve.jobs=false")
@ContextConfiguration(initializers = FreshFolder.class)
class FirstDayTest {

    @LocalServerPort
    int port;

    @Test
    void a_register_is_set_up_by_one_link_and_its_councils_come_in_by_invitation(CapturedOutput output) {
        String key = find(output.getAll(), "Open http://localhost:\\d+(/set-up\\?key=\\S+)");
        Browser administrator = new Browser(port);
        assertThat(administrator.get("/set-up").statusCode()).isEqualTo(404);
        assertThat(administrator.get("/set-up?key=wrong").statusCode()).isEqualTo(404);
        String token = administrator.token(key);
        HttpResponse<String> refused = administrator.post(
                key, token, "register", "Test register", "name", "A", "email", "a", "password", "short");
        assertThat(refused.body()).contains("at least 12 characters", "Enter an email address");
        assertThat(administrator
                        .post(
                                key,
                                token,
                                "register",
                                "Test register",
                                "name",
                                "Ada",
                                "email",
                                "ada@operator.example",
                                "password",
                                Given.PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(administrator.get(key).statusCode()).isEqualTo(404); // gone

        administrator.signIn("ada@operator.example", Given.PASSWORD);
        String page = "/admin/organisations";
        assertThat(administrator.get(page).body()).contains("382 current UK councils are ready to import");
        assertThat(administrator
                        .post(page + "/import", administrator.token(page), "nation", "all")
                        .statusCode())
                .isEqualTo(303);
        assertThat(administrator.get(page).body()).contains("382 councils on the register");
        administrator.post(page + "/import", administrator.token(page), "nation", "all"); // again changes nothing
        assertThat(administrator.get(page).body()).contains("382 councils on the register");

        assertThat(administrator.text(page + "?q=cardiff"))
                .contains("City of Cardiff Council", "1 organisation has “cardiff” in its name.");
        assertThat(administrator.text(page + "?q=%25")).contains("No organisation has “%” in its name.");

        String council = page + "/buckinghamshire";
        administrator.post(council, administrator.token(council), "email", "Sam@Council.Example");
        assertThat(administrator.text(council)).contains("The invitation is on its way to Sam@Council.Example");
        String join = MailSink.link("sam@council.example", "/join/[A-Za-z0-9_-]+");
        Browser sam = new Browser(port);
        assertThat(sam.get(join).body()).contains("sam@council.example");
        assertThat(sam.get(join).statusCode()).isEqualTo(200); // a mail scanner's look spends nothing
        assertThat(sam.post(join, sam.token(join), "name", "Sam", "password", Given.PASSWORD)
                        .statusCode())
                .isEqualTo(303);
        assertThat(new Browser(port).get(join).statusCode()).isEqualTo(404);
        sam.signIn("sam@council.example", Given.PASSWORD);
        assertThat(sam.get("/today").body()).contains("Say what you run");
        assertThat(sam.get(page).statusCode()).isEqualTo(404);
        String people = "/organisation/people";
        assertThat(sam.get(people).body()).contains("Only you so far");

        // an address that has an account: nobody joins for its owner
        String other = page + "/wiltshire";
        administrator.post(other, administrator.token(other), "email", "sam@council.example");
        String second = MailSink.link("sam@council.example", "/join/(?!" + join.substring(6) + ")[A-Za-z0-9_-]+");
        Browser thief = new Browser(port);
        assertThat(thief.text(second)).contains("Sign in with it").doesNotContain("Choose a password");
        thief.post(second, thief.token("/sign-in"), "name", "T", "password", Given.PASSWORD);
        assertThat(sam.get("/account").body()).doesNotContain("Wiltshire");
        assertThat(sam.post(second, sam.token(second)).statusCode()).isEqualTo(303);
        assertThat(sam.get("/account").body()).contains("Wiltshire");
    }

    private static String find(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }
}
