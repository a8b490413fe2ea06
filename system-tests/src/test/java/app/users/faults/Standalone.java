package app.users.faults;

import app.users.system.Client;
import app.users.system.StandaloneSystem;
import app.users.testservers.TestServers;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Everything in one process on the servers that come along, but for mail. */
final class Standalone implements Installation {

    private final MailServer mails = new MailServer();
    private final String[] settings;
    private final StandaloneSystem system;

    Standalone() {
        settings = Stream.concat(
                        Stream.of("--users.embedded.mail.enabled=false"), Installation.settings(mails).stream())
                .toArray(String[]::new);
        system = StandaloneSystem.start(settings);
    }

    @Override
    public URI users() {
        return system.users();
    }

    @Override
    public TestServers.Database eventStore() {
        return system.eventStore();
    }

    @Override
    public String kafka() {
        return system.kafka();
    }

    @Override
    public MailServer mails() {
        return mails;
    }

    @Override
    public Client operator() {
        return Client.of(system.management()).with("Bearer", system.managementToken());
    }

    @Override
    public List<Fault> faults(Random random, Journal journal) {
        CommonFaults common = new CommonFaults(random, journal, mails);
        List<Fault> faults = new ArrayList<>(common.all(operator()));
        faults.add(Fault.kill("process killed", this::killProcess));
        faults.add(Fault.kill("process killed at its start", () -> killAtStart(common.seconds(0, 12))));
        faults.add(Fault.kill(
                "PostgreSQL process killed", () -> Signals.killOneProcess(Signals.postmaster(postgres()), random)));
        faults.add(Fault.kill("PostgreSQL killed", () -> Signals.killAll(Signals.postmaster(postgres()))));
        faults.add(Fault.kill("PostgreSQL and process killed", () -> killPostgres(common.seconds(0, 3))));
        faults.add(Fault.outage("PostgreSQL hangs", () -> pausePostgres(common.seconds(1, 8))));
        faults.add(Fault.outage("process hangs", () -> pause(common.seconds(1, 8))));
        return faults;
    }

    private void killProcess() {
        system.kill();
        system.restart(settings);
    }

    private void killAtStart(Duration after) {
        system.kill();
        system.relaunch(settings);
        Fault.hold(after);
        killProcess();
    }

    /** The process is killed before, while or after it starts its PostgreSQL again. */
    private void killPostgres(Duration alone) {
        Signals.killAll(Signals.postmaster(postgres()));
        Fault.hold(alone);
        killProcess();
    }

    private void pausePostgres(Duration time) {
        ProcessHandle postmaster = Signals.postmaster(postgres());
        Signals.pause(
                Stream.concat(Stream.of(postmaster), postmaster.children()).toList(), time);
    }

    private void pause(Duration time) {
        Signals.pause(
                system.pids().stream()
                        .flatMap(pid -> ProcessHandle.of(pid).stream())
                        .toList(),
                time);
    }

    private Path postgres() {
        return system.data().resolve("postgres/data");
    }

    @Override
    public void close() {
        system.close();
        mails.close();
    }
}
