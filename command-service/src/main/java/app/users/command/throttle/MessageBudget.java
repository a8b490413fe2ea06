package app.users.command.throttle;

import app.users.web.problem.Rejected;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages of one kind the installation sends, and how many of them for the clients of one network. Requests that
 * send nothing spend nothing.
 */
public class MessageBudget {

    private static final Logger LOG = LoggerFactory.getLogger(MessageBudget.class);
    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final Budget ofNetworks;
    private final Budget ofInstallation;
    private final Clock clock;
    private final AtomicReference<Instant> warned = new AtomicReference<>(Instant.EPOCH);

    MessageBudget(Budget ofNetworks, Budget ofInstallation, Clock clock) {
        this.ofNetworks = ofNetworks;
        this.ofInstallation = ofInstallation;
        this.clock = clock;
    }

    /**
     * Does what may send a message, if there is budget for one.
     *
     * @param address of the client that asks for it
     * @param sending calls what it is given when it has sent a message; if it throws, none was sent
     * @throws Rejected when the budget of the network or of the installation is spent
     */
    public <T> T within(String address, Function<Runnable, T> sending) {
        try (Budget.Reservation ofNetwork = ofNetworks.reserve(Network.of(address));
                Budget.Reservation ofWhole = reserveOfInstallation()) {
            AtomicBoolean sent = new AtomicBoolean();
            T result = sending.apply(() -> sent.set(true));
            if (sent.get()) {
                ofNetwork.spend();
                ofWhole.spend();
            }
            return result;
        }
    }

    /**
     * Counts a message for the network of the client alone, sent or not.
     *
     * @throws Rejected when the budget of the network is spent
     */
    public void countForNetwork(String address) {
        try (Budget.Reservation ofNetwork = ofNetworks.reserve(Network.of(address))) {
            ofNetwork.spend();
        }
    }

    /**
     * Does what may send a message, if the installation has budget for one; for what happens after the answer.
     *
     * @param sending calls what it is given when it has sent a message
     * @throws Rejected when the budget of the installation is spent
     */
    public void withinInstallation(Consumer<Runnable> sending) {
        try (Budget.Reservation ofWhole = reserveOfInstallation()) {
            sending.accept(ofWhole::spend);
        }
    }

    private Budget.Reservation reserveOfInstallation() {
        try {
            return ofInstallation.reserve(Budget.WHOLE);
        } catch (Rejected e) {
            warn();
            throw e;
        }
    }

    private void warn() {
        Instant now = clock.instant();
        Instant last = warned.get();
        if (Duration.between(last, now).compareTo(BETWEEN_WARNINGS) >= 0 && warned.compareAndSet(last, now)) {
            LOG.warn("{} is spent: requests for more messages are refused.", ofInstallation);
        }
    }
}
