package app.users.events;

import app.users.events.ConfirmationCode.Purpose;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one user. When it happened and which version of the user it made travel beside it
 * ({@link EventHeaders}). Events carry plain types, so that yesterday's event always loads.
 */
public sealed interface UserEvent {

    /** The id of the user it happened to. */
    long user();

    /** Whether it changes what reads show of the user. The version of the last such event is the entity tag of the profile. */
    default boolean visible() {
        return switch (this) {
            case UserRegistered _, ProfileChanged _, EmailChanged _, NumberChanged _, ExecutorChanged _ -> true;
            case CodeProven _, UserErased _ -> true;
            case PasswordChanged _, SessionEnded _, SessionsEnded _ -> false;
            case CodeRequested _, CodeFailed _, NoticeRequested _ -> false;
            case IdentifierLost _ -> false;
        };
    }

    /** A message with a code is due, which shows control of the address that it is sent to. */
    sealed interface CodeRequested extends UserEvent {

        /** What the code is for. */
        default Purpose purpose() {
            return switch (this) {
                case EmailConfirmationRequested _ -> Purpose.EMAIL;
                case NumberConfirmationRequested _ -> Purpose.NUMBER;
                case PasswordResetRequested _ -> Purpose.PASSWORD;
            };
        }

        /** The id of the request, of which the code is derived. */
        String request();

        /** The email or number that the message goes to. */
        default String address() {
            return switch (this) {
                case EmailConfirmationRequested e -> e.email();
                case NumberConfirmationRequested e -> e.number();
                case PasswordResetRequested e -> e.email();
            };
        }

        /** The name that the message greets. */
        String name();

        /** The language of the message, as IETF tag. */
        String language();

        /** When the code is no longer taken. */
        Instant expires();
    }

    /** A wrong code was given. */
    sealed interface CodeFailed extends UserEvent {

        /** What the code was for. */
        default Purpose purpose() {
            return switch (this) {
                case EmailConfirmationFailed _ -> Purpose.EMAIL;
                case NumberConfirmationFailed _ -> Purpose.NUMBER;
                case PasswordResetFailed _ -> Purpose.PASSWORD;
            };
        }

        /** The id of the request that the code should have answered. */
        String request();
    }

    /** The right code was given: the address is confirmed. */
    sealed interface CodeProven extends UserEvent {

        /** What the code was for. */
        default Purpose purpose() {
            return switch (this) {
                case EmailConfirmed _ -> Purpose.EMAIL;
                case NumberConfirmed _ -> Purpose.NUMBER;
            };
        }

        /** The id of the request that the code answered. */
        String request();
    }

    /** Another user has confirmed an email or number that this user had unconfirmed: it no longer signs this user in. */
    sealed interface IdentifierLost extends UserEvent {}

    /**
     * The user appeared, email and number unconfirmed; number is E.164, patronymic and address may be empty.
     *
     * @param pending {@code email} or {@code number}, if another user still has that one unconfirmed: it does not sign this user in
     *     until this user confirms it. Absent if the user has both
     */
    @WireName("user.registered.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserRegistered(
            long user,
            @Personal String surname,
            @Personal String name,
            @Personal String patronymic,
            @Personal String address,
            @Personal String email,
            @Personal String number,
            boolean executor,
            @Nullable String pending)
            implements UserEvent {

        /** With an email and a number that no other user has. */
        public UserRegistered(
                long user,
                String surname,
                String name,
                String patronymic,
                String address,
                String email,
                String number,
                boolean executor) {
            this(user, surname, name, patronymic, address, email, number, executor, null);
        }
    }

    /** The self-described part changed; fields that stayed as they were are absent. */
    @WireName("user.profile-changed.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProfileChanged(
            long user,
            @Personal @Nullable Change surname,
            @Personal @Nullable Change name,
            @Personal @Nullable Change patronymic,
            @Personal @Nullable Change address)
            implements UserEvent {}

    /**
     * The new email is unconfirmed, unless it is the former one in another spelling: then it is as confirmed as before. Domains
     * may be international.
     *
     * @param respelled whether both are one address: in another case, or with the domain written in Unicode instead of ASCII
     *     ({@code xn--}) or the reverse. Earlier events do not have it: their emails are ASCII, to be compared without case
     * @param pending true if another user still has the new email unconfirmed: it does not sign this user in until this user
     *     confirms it. Absent otherwise
     */
    @WireName("user.email-changed.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EmailChanged(
            long user,
            @Personal String from,
            @Personal String to,
            @Nullable Boolean respelled,
            @Nullable Boolean pending)
            implements UserEvent {

        /** To an email that no other user has. */
        public EmailChanged(long user, String from, String to, @Nullable Boolean respelled) {
            this(user, from, to, respelled, null);
        }

        /** Whether both are one address. */
        public boolean onlySpelling() {
            return respelled == null ? from.equalsIgnoreCase(to) : respelled;
        }
    }

    /**
     * The new number, E.164, is unconfirmed.
     *
     * @param pending as of {@link EmailChanged}
     */
    @WireName("user.number-changed.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NumberChanged(
            long user,
            @Personal String from,
            @Personal String to,
            @Nullable Boolean pending) implements UserEvent {

        /** To a number that no other user has. */
        public NumberChanged(long user, String from, String to) {
            this(user, from, to, null);
        }
    }

    /** Another user has confirmed the email, which this user had unconfirmed: it no longer signs this user in. */
    @WireName("user.email-lost.v1")
    record EmailLost(long user, @Personal String email) implements IdentifierLost {}

    /** Another user has confirmed the number, which this user had unconfirmed: it no longer signs this user in. */
    @WireName("user.number-lost.v1")
    record NumberLost(long user, @Personal String number) implements IdentifierLost {}

    /** Access tokens of an earlier epoch are refused, except those of the session that is kept, if one is. */
    @WireName("user.password-changed.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PasswordChanged(long user, long epoch, @Nullable String keeps) implements UserEvent {}

    /** Whether the user carries out orders. */
    @WireName("user.executor-changed.v1")
    record ExecutorChanged(long user, boolean from, boolean to) implements UserEvent {}

    /**
     * A mail with a code is due; the code itself is derived by whoever holds the key, and is nowhere.
     *
     * @param email where the mail goes; ASCII, an international domain as {@code xn--}
     * @param language of the mail, as IETF tag
     * @param expires when the code is no longer taken
     * @param next when the next one may be asked for
     */
    @WireName("user.email-confirmation-requested.v1")
    record EmailConfirmationRequested(
            long user,
            String request,
            @Personal String email,
            @Personal String name,
            String language,
            Instant expires,
            Instant next)
            implements CodeRequested {}

    /** A wrong code was given. */
    @WireName("user.email-confirmation-failed.v1")
    record EmailConfirmationFailed(long user, String request) implements CodeFailed {}

    /**
     * The user has shown control of the address, which is their email of this version: it is confirmed.
     *
     * @param request of the code; or the id of the undo, if the user gave its token to get this email back
     */
    @WireName("user.email-confirmed.v1")
    record EmailConfirmed(
            long user, String request, @Personal String email) implements CodeProven {}

    /** A text message with a code is due; fields as of {@link EmailConfirmationRequested}. */
    @WireName("user.number-confirmation-requested.v1")
    record NumberConfirmationRequested(
            long user,
            String request,
            @Personal String number,
            @Personal String name,
            String language,
            Instant expires,
            Instant next)
            implements CodeRequested {}

    /** A wrong code was given. */
    @WireName("user.number-confirmation-failed.v1")
    record NumberConfirmationFailed(long user, String request) implements CodeFailed {}

    /** The user has shown control of the number, which is theirs of this version: it is confirmed. */
    @WireName("user.number-confirmed.v1")
    record NumberConfirmed(
            long user, String request, @Personal String number) implements CodeProven {}

    /**
     * A mail is due that tells of changes to what one signs in with.
     *
     * @param changed of {@code email}, {@code number}, {@code password}; {@code email-lost} or {@code number-lost} if another user
     *     has confirmed it
     * @param email the last address that the user had confirmed before the change; ASCII, an international domain as {@code xn--}
     * @param undo the id that the token in the mail is derived from, if the mail can undo the change of the email
     * @param undoUntil when that token expires
     */
    @WireName("user.notice-requested.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NoticeRequested(
            long user,
            List<String> changed,
            @Personal String email,
            @Personal String name,
            String language,
            @Nullable String undo,
            @Nullable Instant undoUntil)
            implements UserEvent {

        public NoticeRequested {
            changed = List.copyOf(changed);
        }
    }

    /**
     * A mail is due with a code that lets whoever forgot the password set a new one.
     *
     * @param email where the mail goes; ASCII, an international domain as {@code xn--}
     */
    @WireName("user.password-reset-requested.v1")
    record PasswordResetRequested(
            long user,
            String request,
            @Personal String email,
            @Personal String name,
            String language,
            Instant expires) implements CodeRequested {}

    /** A wrong code was given. */
    @WireName("user.password-reset-failed.v1")
    record PasswordResetFailed(long user, String request) implements CodeFailed {}

    /**
     * One session is over, before its time.
     *
     * @param reason {@code signed-out}: its own client asked for it; {@code revoked}: the user did, from another session;
     *     {@code reused}: a spent refresh token of it came back; {@code unknown}: it ended in the days of v1, which did not say
     */
    @WireName("user.session-ended.v2")
    record SessionEnded(long user, String session, Reason reason) implements UserEvent {

        public enum Reason {
            @JsonProperty("signed-out")
            SIGNED_OUT,
            @JsonProperty("revoked")
            REVOKED,
            @JsonProperty("reused")
            REUSED,
            @JsonProperty("unknown")
            UNKNOWN
        }
    }

    /** Every session of an earlier epoch is over, except the kept one. */
    @WireName("user.sessions-ended.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SessionsEnded(long user, long epoch, @Nullable String keeps) implements UserEvent {}

    /**
     * The last event of a user: the personal fields of all earlier ones can no longer be read.
     *
     * @param channel {@code operator} if an operator erased the user; absent if the user left, or never used the account
     * @param reason why the operator did; 1 to 200 characters without personal data; absent as {@code channel} is
     */
    @WireName("user.erased.v1")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UserErased(
            long user, @Nullable String channel, @Nullable String reason) implements UserEvent {

        public UserErased(long user) {
            this(user, null, null);
        }

        public static UserErased byOperator(long user, String reason) {
            return new UserErased(user, "operator", reason);
        }
    }
}
