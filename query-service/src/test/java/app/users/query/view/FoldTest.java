package app.users.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.users.events.Change;
import app.users.events.Profile;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.SessionEnded;
import app.users.events.UserEvent.SessionEnded.Reason;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserRegistered REGISTERED =
            new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+79967348137", true);

    @Test
    void registrationShowsTheProfileUnconfirmed() {
        UserView view = fold(REGISTERED);
        assertThat(view.version()).isEqualTo(1);
        assertThat(view.profile().surname()).isEqualTo("S");
        assertThat(view.confirmedEmail()).isFalse();
        assertThat(view.createdAt()).isEqualTo(view.updatedAt());
    }

    @Test
    void onlyWhatChangedChanges() {
        UserView view = fold(REGISTERED, new ProfileChanged(1, null, new Change("N", "N2"), null, null));
        assertThat(view.profile().surname()).isEqualTo("S");
        assertThat(view.profile().name()).isEqualTo("N2");
        assertThat(view.shown()).isEqualTo(2);
        assertThat(view.updatedAt()).isEqualTo(START.plusSeconds(2));
    }

    @Test
    void aConfirmedAddressIsConfirmedUntilItChanges() {
        var confirmed = new EmailConfirmed(1, "r", "e@x.io");
        assertThat(fold(REGISTERED, confirmed).confirmedEmail()).isTrue();
        assertThat(fold(REGISTERED, confirmed, new EmailChanged(1, "e@x.io", "E@x.io", true))
                        .confirmedEmail())
                .isTrue();
        assertThat(fold(REGISTERED, confirmed, new EmailChanged(1, "e@x.io", "e@xn--80a.example", true))
                        .confirmedEmail())
                .isTrue();
        assertThat(fold(REGISTERED, confirmed, new EmailChanged(1, "e@x.io", "f@x.io", false))
                        .confirmedEmail())
                .isFalse();
        assertThat(fold(REGISTERED, new EmailChanged(1, "e@x.io", "f@x.io", false), confirmed)
                        .confirmedEmail())
                .isFalse();
        assertThat(fold(REGISTERED, new NumberChanged(1, "+79967348137", "+79967348130"))
                        .profile()
                        .number())
                .isEqualTo("+79967348130");
    }

    @Test
    void aConfirmedNumberIsConfirmedUntilItChanges() {
        var confirmed = new NumberConfirmed(1, "r", "+79967348137");
        UserView view = fold(REGISTERED, confirmed);
        assertThat(view.confirmedNumber()).isTrue();
        assertThat(view.shown()).isEqualTo(2);
        assertThat(fold(REGISTERED, confirmed, new NumberChanged(1, "+79967348137", "+79967348130"))
                        .confirmedNumber())
                .isFalse();
    }

    @Test
    void theLastRequestOfEachKindIsKnownByItsVersion() {
        UserView view = fold(REGISTERED, emailRequest("r"), numberRequest("r2"), emailRequest("r3"));
        assertThat(view.emailRequest())
                .isEqualTo(new LastRequest(4, START.plusSeconds(4), START.plusSeconds(600), START.plusSeconds(60)));
        assertThat(view.numberRequest())
                .isEqualTo(new LastRequest(3, START.plusSeconds(3), START.plusSeconds(600), START.plusSeconds(60)));
        assertThat(view.shown()).isEqualTo(1);
    }

    @Test
    void aNewAddressHasNoRequestThoughTheNextMustStillBeWaitedFor() {
        UserView changed = fold(
                REGISTERED,
                emailRequest("r"),
                numberRequest("r2"),
                new EmailChanged(1, "e@x.io", "f@x.io", false),
                new NumberChanged(1, "+79967348137", "+79967348130"));
        for (LastRequest request : Arrays.asList(changed.emailRequest(), changed.numberRequest())) {
            assertThat(request).isNotNull();
            assertThat(request.isForTodaysAddress()).isFalse();
            assertThat(request.next()).isEqualTo(START.plusSeconds(60));
        }
        UserView sameInCapitals = fold(REGISTERED, emailRequest("r"), new EmailChanged(1, "e@x.io", "E@x.io", true));
        assertThat(sameInCapitals.emailRequest()).isNotNull().matches(LastRequest::isForTodaysAddress);
    }

    @Test
    void whatNobodySeesMovesTheVersionAlone() {
        UserView view = fold(REGISTERED, new EmailConfirmationFailed(1, "r"));
        assertThat(view.version()).isEqualTo(2);
        assertThat(view.shown()).isEqualTo(1);
        assertThat(view.updatedAt()).isEqualTo(view.createdAt());
    }

    @Test
    void aNewPasswordRefusesEarlierTokensButTheKeptSessions() {
        UserView view = fold(REGISTERED, new PasswordChanged(1, 1, "kept"));
        assertThat(view.accepts("kept", 0, 1)).isTrue();
        assertThat(view.accepts("other", 0, 1)).isFalse();
        assertThat(view.accepts("later", 1, 1)).isTrue();
    }

    @Test
    void anEndedSessionIsRefusedAndTheOthersStand() {
        UserView view = fold(REGISTERED, new SessionEnded(1, "ended", Reason.SIGNED_OUT));
        assertThat(view.accepts("ended", 0, 1)).isFalse();
        assertThat(view.accepts("other", 0, 1)).isTrue();
    }

    @Test
    void everySessionThatWasEndedIsRefusedHoweverManyWereEndedAfterIt() {
        UserView view = fold(REGISTERED);
        for (int i = 1; i <= 250; i++) {
            view = Fold.apply(view, new SessionEnded(1, "session " + i, Reason.REVOKED), 1 + i, view.updatedAt());
            assertThat(view.ended()).hasSizeLessThanOrEqualTo(100);
            for (int ended = 1; ended <= i; ended++) {
                assertThat(view.accepts("session " + ended, 0, 1)).isFalse();
            }
            assertThat(view.accepts("a refreshed one", 0, 1 + i)).isTrue();
        }
    }

    @Test
    void erasureLeavesNothingPersonal() {
        UserView view = fold(REGISTERED, new UserErased(1));
        assertThat(view.erased()).isTrue();
        assertThat(view.accepts("any", 9, 1)).isFalse();
        assertThat(view.profile()).isEqualTo(Profile.EMPTY);
    }

    @Test
    void aHistoryThatDoesNotBeginWithRegistrationIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> fold(new EmailConfirmationFailed(1, "r")));
    }

    private static EmailConfirmationRequested emailRequest(String request) {
        return new EmailConfirmationRequested(
                1, request, "e@x.io", "N", "en", START.plusSeconds(600), START.plusSeconds(60));
    }

    private static NumberConfirmationRequested numberRequest(String request) {
        return new NumberConfirmationRequested(
                1, request, "+79967348137", "N", "en", START.plusSeconds(600), START.plusSeconds(60));
    }

    private static UserView fold(UserEvent... events) {
        @Nullable UserView view = null;
        int version = 0;
        for (UserEvent event : events) {
            version++;
            view = Fold.apply(view, event, version, START.plusSeconds(version));
        }
        return java.util.Objects.requireNonNull(view);
    }
}
