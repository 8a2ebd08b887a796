package uk.reeve.register.organisation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;

/// Why the sign-in of an organisation let nobody in.
class NotInTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            access_denied, CANCELLED
            login_required, CANCELLED
            invalid_grant, USED
            invalid_nonce, USED
            authorization_request_not_found, USED
            invalid_client, SET_UP
            unauthorized_client, SET_UP
            invalid_token_response, SET_UP
            what nobody has thought of, SET_UP
            """)
    void by_the_code_that_was_given(String code, NotIn why) {
        assertThat(NotIn.of(new OAuth2AuthenticationException(new OAuth2Error(code))))
                .isEqualTo(why);
    }

    @Test
    void whom_nobody_answers_is_not_told_of_its_setting_up() {
        assertThat(NotIn.of(new OAuth2AuthenticationException(
                        new OAuth2Error("invalid_token_response"),
                        "no token",
                        new IllegalStateException(new ConnectException("refused")))))
                .isEqualTo(NotIn.NO_ANSWER);
    }

    @Test
    void each_stands_in_an_address_and_is_found_by_it() {
        for (NotIn why : NotIn.values()) {
            assertThat(NotIn.of(why.key())).hasValue(why);
            assertThat(why.key()).matches("[a-z-]+");
        }
        assertThat(NotIn.of("whatever")).isEmpty();
    }
}
