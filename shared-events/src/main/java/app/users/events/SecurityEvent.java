package app.users.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened at the door: a record on {@link Topics#SECURITY}, with the headers of {@link EventHeaders} but no sequence.
 * It never holds a password, a token or a code. Where a field {@code client} is, it is the network address and the name of
 * the client, encrypted under the user's key (AES-256-GCM, Base64), so that it can be read no more once they are erased.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface SecurityEvent {

    /** The user id, or the keyed hash of an identifier that belongs to nobody. */
    @JsonIgnore
    String subject();

    /** The value of {@link EventHeaders#TYPE}. */
    @JsonIgnore
    default String wireName() {
        return getClass().getAnnotation(WireName.class).value();
    }

    /** The right password opened a session. */
    @WireName("user.signed-in.v1")
    record SignedIn(long user, String session, String client) implements SecurityEvent {

        @Override
        public String subject() {
            return Long.toString(user);
        }
    }

    /**
     * Sign-ins were refused. One event for an identifier, an address and a minute, and seldom a second one for what was late;
     * their counts add up.
     *
     * @param user absent when nobody has the identifier
     * @param identifier keyed hash of the email or number that was given, hexadecimal
     * @param network keyed hash of the address (of IPv6 its first half), hexadecimal; the same for all users
     * @param minute when it began
     * @param count how many
     */
    @WireName("user.sign-in-refused.v1")
    record SignInRefused(
            @Nullable Long user,
            Reason reason,
            String identifier,
            String network,
            Instant minute,
            long count,
            @Nullable String client)
            implements SecurityEvent {

        public enum Reason {
            /** The password was wrong, or nobody has the identifier. */
            @JsonProperty("credentials")
            CREDENTIALS,
            /** There had been so many wrong ones that none was looked at. */
            @JsonProperty("throttled")
            THROTTLED
        }

        @Override
        public String subject() {
            return user == null ? identifier : user.toString();
        }
    }

    /**
     * Codes that reset a password were refused: wrong, used or expired, or nobody has the email. Counted as refused sign-ins are.
     *
     * @param user absent when nobody has the email
     * @param identifier keyed hash of the email that was given, hexadecimal
     * @param network keyed hash of the address (of IPv6 its first half), hexadecimal; the same for all users
     * @param minute when it began
     * @param count how many
     */
    @WireName("user.password-reset-refused.v1")
    record PasswordResetRefused(@Nullable Long user, String identifier, String network, Instant minute, long count)
            implements SecurityEvent {

        @Override
        public String subject() {
            return user == null ? identifier : user.toString();
        }
    }

    /** A refresh token came back that had been spent: somebody has a copy, so the session has ended. */
    @WireName("user.refresh-reused.v1")
    record RefreshReused(long user, String session) implements SecurityEvent {

        @Override
        public String subject() {
            return Long.toString(user);
        }
    }

    /**
     * Sessions ended before their time, by sign-out or a new password.
     *
     * @param session the one that ended; all but the kept one when absent
     * @param keeps the one that stays, if any
     */
    @WireName("user.sessions-revoked.v1")
    record SessionsRevoked(
            long user, @Nullable String session, @Nullable String keeps) implements SecurityEvent {

        @Override
        public String subject() {
            return Long.toString(user);
        }
    }
}
