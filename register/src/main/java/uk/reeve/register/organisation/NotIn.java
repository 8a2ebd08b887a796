package uk.reeve.register.organisation;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

/// Why the sign-in of a person's organisation led back without letting them in, as they are told.
enum NotIn {
    NO_ANSWER("Your organisation's sign-in does not answer. Try again later, or use your password"),
    CANCELLED("You did not sign in at your organisation. Try again, or use your password"),
    USED("That way in was used already, or is too old. Sign in once more"),
    SET_UP(
            "This register and your organisation's sign-in do not understand each other. Tell whoever runs the register; meanwhile use your password"),
    UNKNOWN(
            "Your organisation's sign-in knows you, but this register does not. Ask who administers it there to invite you, with the address that it has verified"),
    UNVERIFIED(
            "Your organisation's sign-in does not say that it has verified your email address. Ask who runs it; meanwhile use your password"),
    INVITED("You are invited, but have not joined yet. Open the link in the invitation's mail first");

    /// By RFC 6749 and OpenID Connect Core, and the library's own names for what it finds itself.
    private static final Set<String> CANCELS = Set.of("access_denied", "login_required", "interaction_required");

    private static final Set<String> TOO_LATE =
            Set.of("authorization_request_not_found", "invalid_state_parameter", "invalid_grant", "invalid_nonce");

    private final String sentence;

    NotIn(String sentence) {
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }

    /// As it stands in the address of the page that tells it.
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<NotIn> of(String key) {
        for (NotIn one : values()) {
            if (one.key().equals(key)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    static NotIn of(AuthenticationException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return NO_ANSWER;
            }
        }
        String code = problem instanceof OAuth2AuthenticationException told
                ? told.getError().getErrorCode()
                : "";
        return CANCELS.contains(code) ? CANCELLED : TOO_LATE.contains(code) ? USED : SET_UP;
    }
}
