import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** One closed-loop run of a scenario: each visitor sends its next call when it has the answer to the last one. */
final class Measurement {

    private final Scenario scenario;
    private final URI base;
    private final Queue<Person> people;
    private final Queue<long[]> nanos = new ConcurrentLinkedQueue<>();
    private final LongAdder unexpected = new LongAdder();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean measuring;
    private volatile boolean stopped;
    private double seconds;
    private long cpuMillis;
    private long hashingMillis;

    Measurement(Scenario scenario, URI base, Queue<Person> people) {
        this.scenario = scenario;
        this.base = base;
        this.people = people;
    }

    void run(Duration warmup, Duration length, ServerCpu cpu) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(scenario.visitors);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> visitors = new ArrayList<>();
        for (int i = 0; i < scenario.visitors; i++) {
            visitors.add(Thread.ofVirtual().start(() -> visit(ready, go)));
        }
        ready.await();
        go.countDown();
        Thread.sleep(warmup);
        long cpuBefore = cpu.millis();
        long hashingBefore = cpu.hashingMillis();
        long start = System.nanoTime();
        measuring = true;
        Thread.sleep(length);
        measuring = false;
        seconds = (System.nanoTime() - start) / 1e9;
        cpuMillis = cpu.millis() - cpuBefore;
        hashingMillis = cpu.hashingMillis() - hashingBefore;
        stopped = true;
        for (Thread visitor : visitors) {
            visitor.join();
        }
    }

    private void visit(CountDownLatch ready, CountDownLatch go) {
        long[] measured = new long[1024];
        int count = 0;
        try (Visitor visitor = new Visitor(base, people)) {
            try {
                scenario.once.run(visitor);
            } finally {
                ready.countDown();
            }
            go.await();
            while (!stopped) {
                scenario.before.run(visitor);
                long start = System.nanoTime();
                scenario.timed.run(visitor);
                if (measuring) {
                    measured = count < measured.length ? measured : Arrays.copyOf(measured, count * 2);
                    measured[count++] = System.nanoTime() - start;
                }
            }
            if (scenario != Scenario.REGISTER && scenario != Scenario.LEAVE) {
                visitor.givePersonBack();
            }
        } catch (IOException | Visitor.Unexpected e) {
            // whatever it is, it was not asked for: the visitor gives up and the table says so
            unexpected.increment();
            complaints.add(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            nanos.add(Arrays.copyOf(measured, count));
        }
    }

    static String tableHead() {
        return "| scenario | visitors | req/s | p50 ms | p95 ms | p99 ms | max ms | server CPU ms/req | of it hashing | unexpected |\n"
                + "|---|---|---|---|---|---|---|---|---|---|";
    }

    String tableRow() {
        long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        return "| %s | %d | %.1f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %d |".formatted(
                scenario.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                scenario.visitors,
                sorted.length / seconds,
                millisAt(sorted, 0.5),
                millisAt(sorted, 0.95),
                millisAt(sorted, 0.99),
                millisAt(sorted, 1),
                sorted.length == 0 ? 0 : (double) cpuMillis / sorted.length,
                sorted.length == 0 ? 0 : (double) hashingMillis / sorted.length,
                unexpected.sum());
    }

    boolean isAsExpected() {
        return unexpected.sum() == 0;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static double millisAt(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
    }
}
