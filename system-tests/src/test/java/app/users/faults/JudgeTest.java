package app.users.faults;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.faults.Command.Try;
import app.users.faults.Finding.Promise;
import app.users.faults.History.Read;
import app.users.faults.Known.Credentials;
import app.users.faults.Observed.Published;
import app.users.faults.Observed.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The judge finds nothing where all is right, and each wrong that is made on purpose. */
class JudgeTest {

    private final Example example = new Example();

    @Test
    void findsNothingWhereAllIsRight() {
        assertThat(example.findings()).isEmpty();
    }

    @Test
    void findsALostEvent() {
        example.rows.removeIf(row -> row.id().equals("a5"));
        assertThat(promises()).contains(Promise.NOTHING_LOST, Promise.VERSIONS, Promise.TOPIC);
    }

    @Test
    void findsALostLastEvent() {
        removeEverywhere("a6");
        assertThat(promises()).containsExactly(Promise.NOTHING_LOST);
    }

    @Test
    void findsACommandThatWasDoneTwice() {
        example.doneAgain("password", "user.password-changed.v1");
        assertThat(promises()).containsExactly(Promise.NOTHING_TWICE);
    }

    @Test
    void findsAnEventThatNobodyAskedFor() {
        example.commands.removeIf(command -> command.what().equals("password"));
        assertThat(promises()).containsExactly(Promise.NOTHING_TWICE);
    }

    @Test
    void findsAnEventOfARefusedCommand() {
        Command password = example.commands.stream()
                .filter(command -> command.what().equals("password"))
                .findFirst()
                .orElseThrow();
        example.commands.remove(password);
        example.commands.add(new Command("password", 1, password.events(), password.tries(), false));
        assertThat(promises()).containsExactly(Promise.NOTHING_REFUSED, Promise.NOTHING_TWICE);
    }

    @Test
    void findsAnEventThatIsInTheStoreTwice() {
        example.rows.add(example.rows.getFirst());
        assertThat(promises()).contains(Promise.NOTHING_TWICE, Promise.VERSIONS);
    }

    @Test
    void findsAWrongVersionInAnAnswer() {
        List<Try> tries = List.of(new Try("surname-1", 0, 0), new Try("surname-2", 200, 3));
        example.commands.set(1, new Command("surname", 1, List.of("user.profile-changed.v1"), tries, true));
        assertThat(promises()).containsExactly(Promise.VERSIONS);
    }

    @Test
    void findsAnEventThatIsNotOnTheTopic() {
        example.records.removeIf(record -> record.id().equals("a5"));
        assertThat(promises()).containsExactly(Promise.TOPIC);
    }

    @Test
    void findsEventsInAnotherOrder() {
        Published fifth = find("a5");
        example.records.remove(fifth);
        example.records.add(fifth);
        assertThat(promises()).containsExactly(Promise.TOPIC);
    }

    @Test
    void letsTheTopicRepeatALivingUser() {
        example.records.addAll(List.copyOf(example.records).subList(0, 6));
        assertThat(example.findings()).isEmpty();
    }

    @Test
    void findsAnotherIdOnTheTopic() {
        replace(new Published(1, 5, "other", "user.password-changed.v1", Example.json("{\"user\":1}")));
        assertThat(promises()).containsExactly(Promise.TOPIC);
    }

    @Test
    void findsOtherContentInTheClear() {
        replace(new Published(1, 5, "a5", "user.password-changed.v1", Example.json("{\"user\":3}")));
        assertThat(promises()).containsExactly(Promise.TOPIC);
    }

    @Test
    void findsOtherPersonalContent() {
        String value = "{\"user\":1,\"surname\":{\"from\":\"A\",\"to\":\"Wrong\"}}";
        replace(new Published(1, 2, "a2", "user.profile-changed.v1", Example.json(value)));
        assertThat(promises()).containsExactly(Promise.TOPIC);
    }

    @Test
    void findsAnErasedUserOnTheTopic() {
        example.records.removeIf(record -> record.user() == Example.BORIS && record.isTombstone());
        assertThat(promises()).containsExactly(Promise.ERASURE);
    }

    @Test
    void findsAnErasedUserWhoCameBack() {
        example.records.add(find("b1"));
        assertThat(promises()).containsExactly(Promise.ERASURE);
    }

    @Test
    void findsAMissingErasure() {
        example.records.removeIf(record -> record.id().equals("b2"));
        assertThat(promises()).containsExactly(Promise.ERASURE);
    }

    @Test
    void findsAWrongView() {
        example.profiles.put(Example.ANNA, withSurname("A"));
        assertThat(promises()).containsExactly(Promise.VIEW);
    }

    @Test
    void findsAnOldReadThatDoesNotSaySo() {
        example.reads.add(new Read("read", 1, example.anna, withSurname("A"), true));
        assertThat(example.findings()).isEmpty();
        example.reads.add(new Read("read", 1, example.anna, withSurname("A"), false));
        assertThat(promises()).containsExactly(Promise.VIEW);
    }

    @Test
    void findsAFormerPasswordThatSignsIn() {
        example.signIns.put(new Credentials("anna@new.example", "old"), 200);
        assertThat(promises()).containsExactly(Promise.SIGN_IN);
    }

    @Test
    void findsAFormerEmailThatSignsIn() {
        example.signIns.put(new Credentials("anna@old.example", "new"), 200);
        assertThat(promises()).containsExactly(Promise.SIGN_IN);
    }

    @Test
    void letsAnEmailSignInThatWasTakenBack() {
        example.takeBackTheFormerEmail();
        assertThat(promises()).doesNotContain(Promise.SIGN_IN);
    }

    @Test
    void findsAnErasedPersonWhoSignsIn() {
        example.signIns.put(new Credentials("boris@example.org", "b"), 200);
        assertThat(promises()).containsExactly(Promise.SIGN_IN);
    }

    @Test
    void findsANumberThatDoesNotSignIn() {
        example.signIns.put(new Credentials("+79960000001", "new"), 401);
        assertThat(promises()).containsExactly(Promise.SIGN_IN);
    }

    @Test
    void findsASignInThatWasNotTried() {
        example.signIns.clear();
        assertThat(promises()).containsOnly(Promise.SIGN_IN);
    }

    @Test
    void findsAnEmailThatIsNotFreed() {
        example.registrations.put(Example.BORIS, 409);
        assertThat(promises()).containsExactly(Promise.FREED);
    }

    @Test
    void findsAMissingMail() {
        example.mails.remove(Example.CODE_MAIL);
        assertThat(promises()).containsExactly(Promise.MAIL);
    }

    @Test
    void expectsNoMailThatTheServerRefused() {
        example.mails.remove(Example.CODE_MAIL);
        example.refusedMails.add(Example.CODE_MAIL);
        assertThat(example.findings()).isEmpty();
    }

    @Test
    void findsMoreMailsTwiceThanWereInterrupted() {
        example.mails.add(Example.CODE_MAIL);
        example.mails.add(Example.CODE_MAIL);
        example.interrupted = 1;
        assertThat(promises()).containsExactly(Promise.MAIL);
        example.dropped = 1;
        assertThat(example.findings()).isEmpty();
    }

    private List<Promise> promises() {
        return example.findings().stream().map(Finding::promise).distinct().toList();
    }

    private Published find(String id) {
        return example.records.stream()
                .filter(record -> record.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void replace(Published other) {
        example.records.replaceAll(
                record -> record.user() == other.user() && record.version() == other.version() ? other : record);
    }

    private void removeEverywhere(String id) {
        example.rows.removeIf((Row row) -> row.id().equals(id));
        example.records.removeIf(record -> record.id().equals(id));
        example.mails.remove(id);
    }

    private Map<String, String> withSurname(String surname) {
        Map<String, String> profile = new TreeMap<>(example.anna);
        profile.put("surname", surname);
        return profile;
    }
}
