package app.users.faults;

import app.users.system.Client;
import app.users.system.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;

/** A fresh system, clients who use it, faults that strike it meanwhile, and what the judge finds afterwards. */
record Round(Form form, long seed, Plan plan) {

    private static final int CLIENTS = 4;
    private static final int COMMANDS_PER_SECOND = 20;

    /** A process sends so many mails at once: all of them may be repeated after it was killed. */
    private static final int MAILS_AT_ONCE = 4;

    /** Views, the topic and mails come after the commands. */
    private static final Duration LONGEST_RECOVERY = CommonFaults.LONG_OUTAGE.plusMinutes(3);

    Verdict run() throws InterruptedException {
        long begin = System.nanoTime();
        Random random = new Random(seed);
        Journal journal = new Journal("fault-");
        try (Installation system = form.start();
                Pace pace = new Pace(COMMANDS_PER_SECOND)) {
            Client client = Client.of(system.users());
            List<Visitor> visitors = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> {
                        Random chance = new Random(seed * CLIENTS + i);
                        Requests requests = new Requests(journal, client, chance);
                        return new Visitor(requests, chance, i, system.mails(), pace);
                    })
                    .toList();
            List<Fault> faults = plan.choose(system.faults(random, journal), random);
            List<Finding> gaveUp =
                    visitWhile(visitors, () -> strike(faults, new CommonFaults(random, journal, system.mails())));
            int kills = (int) faults.stream().filter(Fault::kills).count();
            List<Known> people = visitors.stream()
                    .flatMap(visitor -> visitor.people().stream())
                    .toList();
            History history = journal.history(people, kills * MAILS_AT_ONCE);
            Observer observer = new Observer(system, history);
            List<Finding> findings = new ArrayList<>(gaveUp);
            findings.addAll(judge(history, observer));
            return new Verdict(
                    form,
                    seed,
                    count(faults),
                    kills,
                    journal.countAcknowledged(),
                    journal.countUnanswered(),
                    observer.observe().rows().size(),
                    system.mails().events().size(),
                    journal.serverErrors(),
                    findings,
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        }
    }

    /** Answers which clients could not go on. */
    private static List<Finding> visitWhile(List<Visitor> visitors, Runnable faults) throws InterruptedException {
        List<Future<?>> visits = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            visitors.forEach(visitor -> visits.add(clients.submit(visitor::visit)));
            try {
                faults.run();
            } finally {
                visitors.forEach(Visitor::end);
            }
        }
        List<Finding> gaveUp = new ArrayList<>();
        for (Future<?> visit : visits) {
            try {
                visit.get();
            } catch (ExecutionException e) {
                String cause = String.valueOf(e.getCause());
                gaveUp.add(new Finding(Finding.Promise.NOTHING_REFUSED, 0, "a client that can go on", cause));
            }
        }
        return gaveUp;
    }

    /** The next fault may strike before the system has recovered from the last one, or after. */
    private void strike(List<Fault> faults, CommonFaults common) {
        for (int i = 0; i < faults.size(); i++) {
            Fault fault = faults.get(i);
            common.awaitAnswers(common.random().nextInt(80));
            long begin = System.nanoTime();
            fault.strike().run();
            System.out.printf(
                    "%s, seed %d, fault %d of %d: %s, %.1f s, %d done%n",
                    form,
                    seed,
                    i + 1,
                    faults.size(),
                    fault.name(),
                    (System.nanoTime() - begin) / 1e9,
                    common.journal().countAcknowledged());
        }
        common.awaitAnswers(40);
    }

    private static List<Finding> judge(History history, Observer observer) {
        List<Finding> findings = new ArrayList<>();
        try {
            Patience.await("a system without findings")
                    .atMost(LONGEST_RECOVERY)
                    .pollInterval(Duration.ofSeconds(1))
                    .pollInSameThread()
                    .until(() -> {
                        findings.clear();
                        findings.addAll(Judge.findings(history, observer.observe()));
                        return findings.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            findings.forEach(System.out::println);
        }
        return findings;
    }

    private static Map<String, Integer> count(List<Fault> faults) {
        Map<String, Integer> kinds = new TreeMap<>();
        faults.forEach(fault -> kinds.merge(fault.name(), 1, Integer::sum));
        return kinds;
    }
}
