package app.users.command.user;

import static app.users.command.user.History.registeredAnd;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.FormerEmails.Undo;
import app.users.command.value.Identifier;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.EmailLost;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.UserErased;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FormerEmailsTest {

    private static final Instant UNTIL = Instant.parse("2026-01-08T00:00:00Z");
    private static final UserEvent CONFIRMED = new EmailConfirmed(1, "r", "e@x.io");
    private static final UserEvent TO_F = new EmailChanged(1, "e@x.io", "f@x.io", false);
    private static final UserEvent F_TO_G = new EmailChanged(1, "f@x.io", "g@x.io", false);
    private static final UserEvent RESET = new PasswordResetRequested(1, "p", "e@x.io", "N", "en", UNTIL);

    @Test
    void theEmailFromTheRegistrationResetsThePasswordUntilItIsChanged() {
        assertThat(registeredAnd().recoveryEmail()).contains("e@x.io");
        assertThat(registeredAnd(new EmailChanged(1, "e@x.io", "E@x.io", true)).recoveryEmail())
                .contains("E@x.io");
        assertThat(registeredAnd(TO_F).recoveryEmail()).isEmpty();
        assertThat(registeredAnd(TO_F).address(Purpose.PASSWORD)).isEmpty();
    }

    @Test
    void afterThatTheLastConfirmedEmailDoes() {
        assertThat(registeredAnd(CONFIRMED, TO_F, F_TO_G).recoveryEmail()).contains("e@x.io");
        UserState other = registeredAnd(CONFIRMED, TO_F, new EmailConfirmed(1, "r2", "f@x.io"));
        assertThat(other.recoveryEmail()).contains("f@x.io");
        assertThat(other.address(Purpose.PASSWORD)).contains(Identifier.ofEmail("f@x.io"));
        assertThat(registeredAnd(TO_F, new EmailConfirmed(1, "r2", "f@x.io")).recoveryEmail())
                .contains("f@x.io");
    }

    @Test
    void aConfirmedEmailInAnotherSpellingStaysTheConfirmedOne() {
        assertThat(registeredAnd(CONFIRMED, new EmailChanged(1, "e@x.io", "E@x.io", true), TO_F)
                        .recoveryEmail())
                .contains("E@x.io");
        assertThat(registeredAnd(CONFIRMED, TO_F, new EmailChanged(1, "f@x.io", "F@x.io", true))
                        .recoveryEmail())
                .contains("e@x.io");
    }

    /** Else the other user would get this one's notices, and could reset the password. */
    @Test
    void anEmailThatAnotherUserConfirmedDoesNothingMore() {
        UserState never = registeredAnd(new EmailLost(1, "e@x.io"));
        assertThat(never.recoveryEmail()).isEmpty();
        NoticeRequested undo = new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", "u", UNTIL);
        UserState back = registeredAnd(CONFIRMED, TO_F, undo, new EmailChanged(1, "f@x.io", "e@x.io", false), RESET);
        assertThat(back.formerEmails().restores(Identifier.ofEmail("e@x.io"))).isTrue();
        UserState lost = back.after(new EmailLost(1, "E@x.io"), 99);
        assertThat(lost.recoveryEmail()).isEmpty();
        assertThat(lost.proof(Purpose.PASSWORD)).isEqualTo(Proof.NONE);
        assertThat(lost.formerEmails().restores(Identifier.ofEmail("e@x.io"))).isFalse();
        UserState other = back.after(new EmailLost(1, "other@x.io"), 99);
        assertThat(other.recoveryEmail()).contains("e@x.io");
        assertThat(other.formerEmails().restores(Identifier.ofEmail("e@x.io"))).isTrue();
    }

    /** Else a thief would end the owner's code by changing the email. */
    @Test
    void aResetCodeLivesAsLongAsTheEmailThatItWasSentTo() {
        assertThat(registeredAnd(CONFIRMED, RESET, TO_F).proof(Purpose.PASSWORD))
                .isNotEqualTo(Proof.NONE);
        assertThat(registeredAnd(RESET, TO_F).proof(Purpose.PASSWORD)).isEqualTo(Proof.NONE);
        assertThat(registeredAnd(RESET, new PasswordChanged(1, 1, "the thief's session"))
                        .proof(Purpose.PASSWORD))
                .isNotEqualTo(Proof.NONE);
        assertThat(registeredAnd(CONFIRMED, TO_F, RESET, new EmailConfirmed(1, "r2", "f@x.io"))
                        .proof(Purpose.PASSWORD))
                .isEqualTo(Proof.NONE);
    }

    @Test
    void aChangeOfAConfirmedEmailCanBeUndone() {
        assertThat(undos(CONFIRMED, TO_F, notice("u1"))).containsExactly(new Undo("u1", "e@x.io", UNTIL));
        assertThat(undos(CONFIRMED, TO_F, new NoticeRequested(1, List.of("number"), "e@x.io", "N", "en", null, null)))
                .isEmpty();
    }

    @Test
    void anUndoEndsItselfAndAllLaterOnes() {
        UserEvent[] taken = {
            CONFIRMED,
            TO_F,
            notice("u1"),
            new EmailConfirmed(1, "r2", "f@x.io"),
            F_TO_G,
            notice("u2"),
            new EmailConfirmed(1, "u1", "e@x.io")
        };
        assertThat(undos(taken)).isEmpty();
        taken[6] = new EmailConfirmed(1, "u2", "f@x.io");
        assertThat(undos(taken)).extracting(Undo::request).containsExactly("u1");
    }

    /** Else whoever had the account for a while could take it again with a token of theirs. */
    @Test
    void aCodeThatConfirmsAnEmailEndsTheUndosFromTheFirstThatRestoresItOn() {
        UserEvent[] taken = {
            CONFIRMED,
            TO_F,
            notice("u1"),
            new EmailConfirmed(1, "r2", "f@x.io"),
            new EmailChanged(1, "f@x.io", "e@x.io", false),
            notice("u2"),
            new EmailConfirmed(1, "r3", "e@x.io")
        };
        assertThat(undos(taken)).isEmpty();
        taken[6] = new EmailChanged(1, "e@x.io", "f@x.io", false);
        assertThat(undos(taken)).extracting(Undo::request).containsExactly("u1", "u2");
        UserState state = registeredAnd(taken).after(new EmailConfirmed(1, "r4", "f@x.io"), 9);
        assertThat(state.formerEmails().undos()).extracting(Undo::request).containsExactly("u1");
    }

    @Test
    void theOldestOnesStayHoweverManyFollowUntilTheyHaveExpired() {
        UserEvent[] many = IntStream.range(0, 2 * FormerEmails.MAX_UNDOS)
                .mapToObj(i -> i == 0 ? CONFIRMED : notice("u" + i))
                .toArray(UserEvent[]::new);
        assertThat(undos(many))
                .hasSize(FormerEmails.MAX_UNDOS)
                .first()
                .extracting(Undo::request)
                .isEqualTo("u1");
        UserEvent later = new NoticeRequested(
                1,
                List.of("email"),
                "e@x.io",
                "N",
                "en",
                "later",
                UNTIL.plus(FormerEmails.LONGEST).plusSeconds(1));
        assertThat(registeredAnd(many)
                        .after(later, many.length + 2)
                        .formerEmails()
                        .undos())
                .hasSize(FormerEmails.MAX_UNDOS)
                .extracting(Undo::request)
                .startsWith("u2")
                .endsWith("later");
    }

    @Test
    void nothingStaysOfAnErasedUser() {
        assertThat(registeredAnd(CONFIRMED, TO_F, notice("u1"), new UserErased(1))
                        .formerEmails())
                .isEqualTo(FormerEmails.NONE);
    }

    private static List<Undo> undos(UserEvent... events) {
        return registeredAnd(events).formerEmails().undos();
    }

    private static UserEvent notice(String undo) {
        return new NoticeRequested(1, List.of("email"), "e@x.io", "N", "en", undo, UNTIL);
    }
}
