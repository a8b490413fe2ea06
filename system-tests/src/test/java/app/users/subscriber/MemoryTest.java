package app.users.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What comes again, or is left of somebody who has left, changes nothing. */
class MemoryTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Memory memory = new Memory();

    @Test
    void newestValueOfEachFieldCounts() {
        register();
        take(2, "user.profile-changed.v1", "{'user':1,'name':{'from':'Name','to':'Other'}}");
        take(3, "user.number-confirmed.v1", "{'user':1,'request':'r','number':'+79967348137'}");
        take(4, "user.executor-changed.v1", "{'user':1,'from':true,'to':false}");
        take(5, "user.session-ended.v1", "{'user':1,'session':'s'}");
        assertThat(memory.profiles())
                .containsOnly(Map.entry(
                        1L,
                        new Profile(
                                5,
                                json("{'surname':'Surname','name':'Other','patronymic':'','address':'','email':'a@b.c',"
                                        + "'number':'+79967348137','confirmed_email':false,'confirmed_number':true,"
                                        + "'executor':false,'created_at':'2026-01-01T00:00:00.001Z',"
                                        + "'updated_at':'2026-01-01T00:00:00.004Z'}"))));
    }

    @Test
    void skipsRepeats() {
        register();
        changeEmail(2, "a@b.c", "d@e.f");
        changeEmail(3, "d@e.f", "g@h.i");
        changeEmail(2, "a@b.c", "d@e.f");
        register();
        assertThat(profile().version()).isEqualTo(3);
        assertThat(profile().fields().required("email").stringValue()).isEqualTo("g@h.i");
    }

    @Test
    void emailStaysConfirmedIfOnlyItsCaseChanges() {
        register();
        take(2, "user.email-confirmed.v1", "{'user':1,'request':'r','email':'a@b.c'}");
        changeEmail(3, "a@b.c", "A@B.C");
        assertThat(profile().fields().required("confirmed_email").booleanValue())
                .isTrue();
        changeEmail(4, "A@B.C", "d@e.f");
        assertThat(profile().fields().required("confirmed_email").booleanValue())
                .isFalse();
    }

    @Test
    void repeatsBringNobodyBack() {
        register();
        take(2, "user.erased.v1", "{'user':1}");
        register();
        assertThat(memory.profiles()).isEmpty();
    }

    @Test
    void passesOverWhatIsLeftOfWhoHasLeft() {
        take(7, "user.executor-changed.v1", "{'user':1,'from':true,'to':false}");
        take(9, "user.erased.v1", "{'user':1}");
        assertThat(memory.profiles()).isEmpty();
    }

    @Test
    void holdsBackWhatComesBeforeItsTurn(@TempDir Path folder) {
        changeEmail(3, "d@e.f", "g@h.i");
        changeEmail(4, "g@h.i", "j@k.l");
        register();
        assertThat(profile().version()).isEqualTo(1);
        memory.save(folder.resolve("memory.json"));
        Memory loaded = Memory.load(folder.resolve("memory.json"));
        assertThat(loaded).isEqualTo(memory);

        changeEmail(2, "a@b.c", "d@e.f");
        assertThat(profile().version()).isEqualTo(4);
        assertThat(profile().fields().required("email").stringValue()).isEqualTo("j@k.l");
        assertThat(memory.early()).isEmpty();
    }

    @Test
    void isTheSameWhenLoadedAgain(@TempDir Path folder) {
        register();
        memory.offsets().put(2, 17L);
        memory.left().add(5L);
        memory.save(folder.resolve("memory.json"));
        assertThat(Memory.load(folder.resolve("memory.json"))).isEqualTo(memory);
    }

    private void register() {
        take(
                1,
                "user.registered.v1",
                "{'user':1,'surname':'Surname','name':'Name','patronymic':'','address':'','email':'a@b.c',"
                        + "'number':'+79967348137','executor':true}");
    }

    private void changeEmail(long sequence, String from, String to) {
        take(sequence, "user.email-changed.v1", "{'user':1,'from':'%s','to':'%s'}".formatted(from, to));
    }

    private void take(long sequence, String type, String value) {
        memory.take(new Event(type, 1, sequence, START.plusMillis(sequence).plusNanos(999), json(value)));
    }

    private Profile profile() {
        return Objects.requireNonNull(memory.profiles().get(1L));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
