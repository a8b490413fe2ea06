package app.users.command.registration;

import app.users.command.throttle.Budget;
import app.users.command.throttle.MessageBudget;
import app.users.command.throttle.Network;
import app.users.command.user.TakenIdentifiers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What keeps machines from registering without end: a proof of work, and budgets of new users, taken addresses and mails. */
class RegistrationLimits {

    private final ProofOfWork work;
    private final Budget newUsers;
    private final Budget taken;
    private final MessageBudget mails;
    private final boolean mailOnRegistration;

    /** @param mailOnRegistration whether each registration sends a mail */
    RegistrationLimits(
            ProofOfWork work, Budget newUsers, Budget taken, MessageBudget mails, boolean mailOnRegistration) {
        this.work = work;
        this.newUsers = newUsers;
        this.taken = taken;
        this.mails = mails;
        this.mailOnRegistration = mailOnRegistration;
    }

    /**
     * @param email as the client sends it
     * @param proof from the header {@link ProofOfWork#HEADER}
     * @throws app.users.web.problem.Rejected if there is no proof, or not enough of it
     */
    void checkWork(String email, @Nullable String proof) {
        work.check(email, proof);
    }

    /**
     * Registers, if there is budget for it. A new user spends from that of the installation, a taken address from that of the
     * network.
     *
     * @param address of the client
     * @throws app.users.web.problem.Rejected when a budget is spent
     */
    <T> T within(String address, Supplier<T> registering) {
        try (Budget.Reservation user = newUsers.reserve(Budget.WHOLE);
                Budget.Reservation probe = taken.reserve(Network.of(address))) {
            try {
                T registered = mailOnRegistration ? withMail(address, registering) : registering.get();
                user.spend();
                return registered;
            } catch (TakenIdentifiers e) {
                probe.spend();
                throw e;
            }
        }
    }

    private <T> T withMail(String address, Supplier<T> registering) {
        return mails.within(address, sent -> {
            T registered = registering.get();
            sent.run();
            return registered;
        });
    }
}
