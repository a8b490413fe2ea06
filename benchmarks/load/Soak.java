import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps a running system under half of its full load for a long time and prints a Markdown row for each minute. Of 100 calls 78
 * read a profile, 12 change one, 5 read executors, 3 refresh and 2 sign in. Calls begin at a fixed rate, and a call's time counts
 * from when it should have begun, so that a pause of the server is seen in all calls that it delays. Each visitor has an address of
 * its own (Linux), because one network may have only a share of the places for password hashes.
 *
 * <p>{@code java Soak.java --pid 123 --minutes 30}. Ends with 1 if an answer was not the expected one, or if the 99th percentile
 * of the last five minutes is more than 1.2 times that of minutes 6 to 10.
 */
final class Soak {

    private static final Map<String, String> OPTIONS = new HashMap<>(Map.of(
            "--base", "http://127.0.0.1:8080",
            "--minutes", "30",
            "--rate", "0",
            "--visitors", "128",
            "--pid", ""));

    private static final Duration FULL_LOAD_WARMUP = Duration.ofSeconds(60);
    private static final Duration FULL_LOAD = Duration.ofSeconds(60);
    private static final double LARGEST_GROWTH = 1.2;

    private static final Queue<Person> PEOPLE = new ConcurrentLinkedQueue<>();
    private static final LongAdder UNEXPECTED = new LongAdder();

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.containsKey(arguments[i]) || i + 1 == arguments.length) {
                System.err.println("usage: java Soak.java --pid PID,... [--base URL] [--minutes M] [--rate CALLS_PER_SECOND] [--visitors N]");
                System.exit(2);
            }
            OPTIONS.put(arguments[i], arguments[i + 1]);
        }
        if (Integer.parseInt(OPTIONS.get("--minutes")) < 15) {
            System.err.println("--minutes must be at least 15: minutes 6 to 10 are compared with the last five");
            System.exit(2);
        }
        System.exit(run() ? 0 : 1);
    }

    private static boolean run() throws Exception {
        List<Long> pids = Arrays.stream(OPTIONS.get("--pid").split(","))
                .filter(pid -> !pid.isEmpty())
                .map(Long::valueOf)
                .toList();
        double rate = Double.parseDouble(OPTIONS.get("--rate"));
        if (rate == 0) {
            double full = new Run(Double.POSITIVE_INFINITY, 1).perSecond();
            rate = full / 2;
            System.out.printf("Full load: %.0f calls/s. Half of it from now on.%n%n", full);
        }
        int minutes = Integer.parseInt(OPTIONS.get("--minutes"));
        Footprint footprint = new Footprint(pids);
        ServerCpu cpu = new ServerCpu(pids);
        Run run = new Run(rate, minutes);
        System.out.println("| minute | calls | p50 ms | p99 ms | max ms | CPU ms/call | " + Footprint.HEAD + " |");
        System.out.println("|---|---|---|---|---|---|" + Footprint.RULE + "|");
        run.begin();
        long before = cpu.millis();
        for (int minute = 1; minute <= minutes; minute++) {
            run.awaitEndOf(minute);
            long now = cpu.millis();
            System.out.printf("| %d | %s | %.2f | %s |%n",
                    minute, run.row(minute), (double) (now - before) / run.count(minute), footprint.row());
            before = now;
        }
        run.end();
        double early = run.p99(6, 10);
        double late = run.p99(minutes - 4, minutes);
        System.out.printf("%np99 of minutes 6 to 10: %.1f ms, of the last five: %.1f ms, %.2f times as much; %d unexpected answers%n",
                early, late, late / early, UNEXPECTED.sum());
        return UNEXPECTED.sum() == 0 && late <= LARGEST_GROWTH * early;
    }

    /** All visitors for some minutes. With an infinite rate each sends its next call when it has the answer to the last one. */
    private static final class Run {

        private final double rate;
        private final List<Queue<long[]>> nanos = new ArrayList<>();
        private final AtomicLong calls = new AtomicLong();
        private final List<Thread> visitors = new ArrayList<>();
        private volatile boolean stopped;
        private volatile long start;

        Run(double rate, int minutes) {
            this.rate = rate;
            for (int i = 0; i < minutes + 2; i++) {
                nanos.add(new ConcurrentLinkedQueue<>());
            }
        }

        double perSecond() throws InterruptedException {
            begin();
            Thread.sleep(FULL_LOAD_WARMUP);
            long from = calls.get();
            Thread.sleep(FULL_LOAD);
            double perSecond = (calls.get() - from) / (double) FULL_LOAD.toSeconds();
            end();
            return perSecond;
        }

        void begin() throws InterruptedException {
            int count = Integer.parseInt(OPTIONS.get("--visitors"));
            CountDownLatch ready = new CountDownLatch(count);
            CountDownLatch go = new CountDownLatch(1);
            for (int i = 0; i < count; i++) {
                long seed = i;
                String from = "127.0.3." + (1 + i % 250);
                visitors.add(Thread.ofVirtual().start(() -> visit(new SplittableRandom(seed), from, ready, go)));
            }
            ready.await();
            start = System.nanoTime();
            go.countDown();
        }

        private void visit(SplittableRandom random, String from, CountDownLatch ready, CountDownLatch go) {
            try (Visitor visitor = new Visitor(URI.create(OPTIONS.get("--base")), PEOPLE, from)) {
                try {
                    visitor.choosePerson();
                    visitor.signIn();
                } finally {
                    ready.countDown();
                }
                go.await();
                int minute = 0;
                long[] measured = new long[256];
                int count = 0;
                while (!stopped) {
                    long due = awaitTurn();
                    act(visitor, random.nextInt(100));
                    long now = System.nanoTime();
                    int current = Math.min(nanos.size() - 1, (int) ((now - start) / 60_000_000_000L));
                    if (current != minute) {
                        nanos.get(minute).add(Arrays.copyOf(measured, count));
                        minute = current;
                        count = 0;
                    }
                    measured = count < measured.length ? measured : Arrays.copyOf(measured, count * 2);
                    measured[count++] = now - due;
                }
                visitor.givePersonBack();
            } catch (IOException | Visitor.Unexpected e) {
                UNEXPECTED.increment();
                System.err.println(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private long awaitTurn() throws InterruptedException {
            long call = calls.getAndIncrement();
            if (Double.isInfinite(rate)) {
                return System.nanoTime();
            }
            long due = start + (long) (call * 1e9 / rate);
            long wait = due - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(Duration.ofNanos(wait));
            }
            return due;
        }

        private static void act(Visitor visitor, int chance) throws IOException {
            if (chance < 78) {
                visitor.readProfile();
            } else if (chance < 90) {
                visitor.changeProfile();
            } else if (chance < 95) {
                visitor.readExecutors();
            } else if (chance < 98) {
                visitor.refresh();
            } else {
                visitor.signIn();
            }
        }

        /** Each visitor hands over what it measured with its first call of the next minute. */
        void awaitEndOf(int minute) throws InterruptedException {
            Thread.sleep(Duration.ofNanos(Math.max(0, start + minute * 60_000_000_000L - System.nanoTime())).plusSeconds(2));
        }

        void end() throws InterruptedException {
            stopped = true;
            for (Thread visitor : visitors) {
                visitor.join();
            }
        }

        private long[] sorted(int from, int to) {
            return nanos.subList(from - 1, to).stream()
                    .flatMap(Queue::stream)
                    .flatMapToLong(Arrays::stream)
                    .sorted()
                    .toArray();
        }

        int count(int minute) {
            return Math.max(1, sorted(minute, minute).length);
        }

        String row(int minute) {
            long[] sorted = sorted(minute, minute);
            return "%d | %.2f | %.2f | %.1f".formatted(sorted.length, at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        double p99(int from, int to) {
            return at(sorted(from, to), 0.99);
        }

        private static double at(long[] sorted, double share) {
            return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)] / 1e6;
        }
    }
}
