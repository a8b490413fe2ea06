package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.system.EventStore.Row;
import app.users.system.EventTopic.Published;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Many at once get what they would have got one after the other. */
@EachForm
class ConcurrencyIT {

    private final RunningSystem system;
    private final Client stranger;

    ConcurrencyIT(Form form, Systems systems) {
        system = systems.get(form);
        stranger = system.client();
    }

    @Test
    @Says("Of many who register with one email at the same moment, one gets it.")
    void givesAnEmailToOneOfManyRivals() throws Exception {
        Person wanted = Person.next();
        List<Person> rivals = IntStream.range(0, 32)
                .mapToObj(i -> wanted.withNumberOf(Person.next()))
                .toList();
        List<Integer> statuses = atOnce(rivals.stream()
                .<Callable<Integer>>map(rival -> () -> stranger.register(rival).status())
                .toList());
        assertThat(statuses).hasSize(32).containsOnly(201, 409);
        assertThat(Collections.frequency(statuses, 201)).isOne();
    }

    @Test
    @Says("Of many changes at the same moment none is lost.")
    void losesNoneOfManyChangesToOneUser() throws Exception {
        Person person = Person.next();
        stranger.register(person).expect(201);
        Client user = stranger.signIn(person);
        long id = user.id();
        Set<String> surnames =
                IntStream.range(0, 64).mapToObj(i -> "Surname " + i).collect(Collectors.toSet());

        List<Integer> statuses = atOnce(surnames.stream()
                .<Callable<Integer>>map(surname -> () ->
                        user.patch("user/", "{\"surname\":\"" + surname + "\"}").status())
                .toList());

        assertThat(statuses).hasSize(64).containsOnly(200);
        assertThat(new EventStore(system.eventStore()).eventsOf(id))
                .extracting(Row::sequence)
                .containsExactlyElementsOf(LongStream.rangeClosed(0, 64).boxed().toList());
        EventTopic topic = new EventTopic(system.kafka());
        List<Published> published = Patience.await("all changes on the topic")
                .until(() -> topic.recordsOf(id), found -> found.size() >= 65);
        assertThat(published.stream().skip(1).map(r -> surname(r, "to")).toList())
                .containsExactlyInAnyOrderElementsOf(surnames);
        assertThat(published.stream().skip(2).map(r -> surname(r, "from")).toList())
                .as("each change starts from what the one before it left")
                .isEqualTo(published.stream()
                        .skip(1)
                        .limit(63)
                        .map(r -> surname(r, "to"))
                        .toList());
    }

    private static String surname(Published record, String side) {
        return Objects.requireNonNull(record.event())
                .required("surname")
                .required(side)
                .stringValue();
    }

    /** Lets all of them go at the same moment. */
    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = calls.stream()
                    .map(call -> executor.submit(() -> {
                        start.await();
                        return call.call();
                    }))
                    .toList();
            start.countDown();
            List<T> results = new java.util.ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }
}
