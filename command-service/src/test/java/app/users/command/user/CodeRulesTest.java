package app.users.command.user;

import static app.users.events.ConfirmationCode.Purpose.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import app.users.command.user.CodeRules.Asked;
import app.users.command.user.CodeRules.Counts;
import app.users.command.user.CodeRules.Expired;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.NoCode;
import app.users.command.user.CodeRules.Right;
import app.users.command.user.CodeRules.TooMany;
import app.users.command.user.CodeRules.Tried;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Outcome.Rule;
import app.users.events.ConfirmationCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** When the next code may be asked for, and which code is right, by what was counted before. */
class CodeRulesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Proof PROOF = Proof.requested("r", "hers@x.io", NOW.plusSeconds(600));

    private final ConfirmationCode codes = new ConfirmationCode(new byte[32]);
    private final CodeRules rules =
            new CodeRules(codes, new CodeLimits(Duration.ofMinutes(10), 5, Duration.ofSeconds(60), 10, 20));
    private final String right = codes.derive(EMAIL, 1, "hers@x.io", "r");

    @Test
    void theNextCodeMayBeAskedForAfterTheCoolDown() {
        assertThat(rules.ask(none(), NOW)).isEqualTo(new Granted(NOW.plusSeconds(600), NOW.plusSeconds(60)));
        assertThat(rules.ask(both(NOW), NOW.plusMillis(500)))
                .isEqualTo(new TooMany(Rule.TOO_SOON, Duration.ofMillis(59_500)));
        assertThat(rules.ask(both(NOW), NOW.plusSeconds(60))).isInstanceOf(Granted.class);
    }

    @Test
    void theTenthCodeSaysThatTheNextOneMayBeAskedForTomorrow() {
        Instant tenth = NOW.plusSeconds(9 * 60);
        assertThat(rules.ask(both(aMinuteApart(9)), tenth))
                .isEqualTo(new Granted(tenth.plusSeconds(600), NOW.plus(DAY)));
        assertThat(rules.ask(both(aMinuteApart(8)), NOW.plusSeconds(8 * 60)))
                .isEqualTo(new Granted(NOW.plusSeconds(8 * 60 + 600), NOW.plusSeconds(9 * 60)));
        assertThat(rules.ask(both(aMinuteApart(10)), NOW.plusSeconds(3_600)))
                .isEqualTo(new TooMany(Rule.TOO_MANY_CODES, Duration.ofHours(23)));
    }

    @Test
    void neitherAnotherAddressNorAnotherUserResetsWhatWasHad() {
        TooMany refused = new TooMany(Rule.TOO_MANY_CODES, Duration.ofHours(23));
        Instant later = NOW.plusSeconds(3_600);
        assertThat(rules.ask(new Counts(aMinuteApart(10), List.of()), later)).isEqualTo(refused);
        assertThat(rules.ask(new Counts(List.of(), aMinuteApart(10)), later)).isEqualTo(refused);
    }

    @Test
    void theLimitThatBindsLongestIsTheOneThatIsTold() {
        Instant later = NOW.plusSeconds(3_600);
        assertThat(askAgain(later)).isEqualTo(new TooMany(Rule.TOO_MANY_CODES, DAY.minusSeconds(3_601)));
        assertThat(askAgain(NOW.plus(DAY).minusSeconds(30)))
                .isEqualTo(new TooMany(Rule.TOO_SOON, Duration.ofSeconds(59)));
    }

    /** By another user who has asked a second ago, for an address that has had ten. */
    private Asked askAgain(Instant lastOfUser) {
        return rules.ask(new Counts(List.of(lastOfUser), aMinuteApart(10)), lastOfUser.plusSeconds(1));
    }

    @Test
    void theRightCodeIsTakenAndAWrongOneIsNot() {
        assertThat(tried(PROOF, right, none(), NOW)).isEqualTo(new Right());
        assertThat(tried(PROOF, wrong(), none(), NOW)).isEqualTo(new Wrong());
    }

    @Test
    void aCodeIsBoundToItsRequestAddressUserAndPurpose() {
        Proof other = Proof.requested("r2", "hers@x.io", NOW.plusSeconds(600));
        assertThat(tried(other, right, none(), NOW)).isEqualTo(new Wrong());
        Proof elsewhere = Proof.requested("r", "other@x.io", NOW.plusSeconds(600));
        assertThat(tried(elsewhere, right, none(), NOW)).isEqualTo(new Wrong());
        assertThat(rules.tried(PROOF, EMAIL, 2, right, none(), NOW)).isEqualTo(new Wrong());
        assertThat(rules.tried(PROOF, ConfirmationCode.Purpose.PASSWORD, 1, right, none(), NOW))
                .isEqualTo(new Wrong());
    }

    @Test
    void twentyWrongCodesEndTheGuessingForTheDayWhateverTheNumberOfCodes() {
        List<Instant> twenty =
                IntStream.range(0, 20).mapToObj(i -> NOW.minusSeconds(41 + i)).toList();
        TooMany refused = new TooMany(Rule.TOO_MANY_TRIES, DAY.minusSeconds(60));
        assertThat(tried(PROOF, right, new Counts(twenty, List.of()), NOW)).isEqualTo(refused);
        assertThat(tried(PROOF, right, new Counts(List.of(), twenty), NOW)).isEqualTo(refused);
        assertThat(tried(PROOF, right, both(twenty.subList(1, 20)), NOW)).isEqualTo(new Right());
    }

    @Test
    void withoutACodeNothingIsCompared() {
        assertThat(tried(Proof.NONE, right, none(), NOW)).isEqualTo(new NoCode());
    }

    @Test
    void afterFiveFailuresTheCodeIsDead() {
        Proof proof = PROOF;
        for (int i = 0; i < 4; i++) {
            proof = proof.failedOnce();
        }
        assertThat(tried(proof, right, none(), NOW)).isEqualTo(new Right());
        assertThat(tried(proof.failedOnce(), right, none(), NOW)).isEqualTo(new NoCode());
    }

    @Test
    void anExpiredCodeIsNotTaken() {
        assertThat(tried(PROOF, right, none(), NOW.plusSeconds(600).minusNanos(1)))
                .isEqualTo(new Right());
        assertThat(tried(PROOF, right, none(), NOW.plusSeconds(600))).isEqualTo(new Expired());
    }

    private Tried tried(Proof proof, String code, Counts wrong, Instant now) {
        return rules.tried(proof, EMAIL, 1, code, wrong, now);
    }

    private String wrong() {
        return right.equals("000000") ? "000001" : "000000";
    }

    private static Counts none() {
        return new Counts(List.of(), List.of());
    }

    private static Counts both(Instant counted) {
        return both(List.of(counted));
    }

    private static Counts both(List<Instant> counted) {
        return new Counts(counted, counted);
    }

    /** From {@link #NOW} on, latest first. */
    private static List<Instant> aMinuteApart(int count) {
        return Stream.iterate(NOW.plusSeconds((count - 1) * 60L), at -> at.minusSeconds(60))
                .limit(count)
                .toList();
    }
}
