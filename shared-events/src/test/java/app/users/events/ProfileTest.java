package app.users.events;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationFailed;
import app.users.events.UserEvent.EmailConfirmed;
import app.users.events.UserEvent.ExecutorChanged;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmed;
import app.users.events.UserEvent.PasswordChanged;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.UserErased;
import app.users.events.UserEvent.UserRegistered;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final UserRegistered REGISTERED =
            new UserRegistered(1, "S", "N", "P", "A", "e@x.io", "+79967348137", true);
    private static final EmailConfirmed EMAIL_CONFIRMED = new EmailConfirmed(1, "r", "e@x.io");
    private static final NumberConfirmed NUMBER_CONFIRMED = new NumberConfirmed(1, "r", "+79967348137");

    @Test
    void registrationShowsTheProfileUnconfirmed() {
        assertThat(fold(REGISTERED))
                .isEqualTo(new Profile("S", "N", "P", "A", "e@x.io", "+79967348137", false, false, true));
    }

    @Test
    void onlyWhatChangedChanges() {
        assertThat(fold(REGISTERED, new ProfileChanged(1, null, new Change("N", "N2"), null, new Change("A", ""))))
                .isEqualTo(new Profile("S", "N2", "P", "", "e@x.io", "+79967348137", false, false, true));
        assertThat(fold(REGISTERED, new ExecutorChanged(1, true, false)).executor())
                .isFalse();
    }

    @Test
    void anEmailIsConfirmedUntilItIsAnother() {
        assertThat(fold(REGISTERED, EMAIL_CONFIRMED).confirmedEmail()).isTrue();
        assertThat(fold(REGISTERED, EMAIL_CONFIRMED, new EmailChanged(1, "e@x.io", "E@x.io", true)))
                .isEqualTo(new Profile("S", "N", "P", "A", "E@x.io", "+79967348137", true, false, true));
        assertThat(fold(REGISTERED, EMAIL_CONFIRMED, new EmailChanged(1, "e@x.io", "f@x.io", false)))
                .isEqualTo(new Profile("S", "N", "P", "A", "f@x.io", "+79967348137", false, false, true));
    }

    @Test
    void theConfirmationOfAFormerAddressConfirmsNothing() {
        assertThat(fold(REGISTERED, new EmailChanged(1, "e@x.io", "f@x.io", false), EMAIL_CONFIRMED)
                        .confirmedEmail())
                .isFalse();
        assertThat(fold(REGISTERED, new NumberChanged(1, "+79967348137", "+79967348130"), NUMBER_CONFIRMED)
                        .confirmedNumber())
                .isFalse();
    }

    @Test
    void aNumberIsConfirmedUntilItIsAnother() {
        assertThat(fold(REGISTERED, NUMBER_CONFIRMED).confirmedNumber()).isTrue();
        assertThat(fold(REGISTERED, NUMBER_CONFIRMED, new NumberChanged(1, "+79967348137", "+79967348130")))
                .isEqualTo(new Profile("S", "N", "P", "A", "e@x.io", "+79967348130", false, false, true));
    }

    @Test
    void whatIsNotVisibleChangesNothing() {
        assertThat(fold(REGISTERED, new PasswordChanged(1, 1, null), new EmailConfirmationFailed(1, "r")))
                .isEqualTo(fold(REGISTERED));
    }

    @Test
    void erasureLeavesNothing() {
        assertThat(fold(REGISTERED, EMAIL_CONFIRMED, new UserErased(1))).isEqualTo(Profile.EMPTY);
    }

    private static Profile fold(UserEvent... events) {
        Profile profile = Profile.EMPTY;
        for (UserEvent event : events) {
            profile = profile.after(event);
        }
        return profile;
    }
}
