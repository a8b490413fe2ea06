package app.users.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import app.users.command.credentials.Credentials;
import app.users.command.keys.UserKeys;
import app.users.command.user.ChangeDecision;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.Claimed;
import app.users.command.user.CodeDecision;
import app.users.command.user.CodeRequest;
import app.users.command.user.CodeRules;
import app.users.command.user.CodeRules.Asked;
import app.users.command.user.CodeRules.Granted;
import app.users.command.user.CodeRules.Tried;
import app.users.command.user.CodeRules.Wrong;
import app.users.command.user.Decision;
import app.users.command.user.ErasureDecision;
import app.users.command.user.FieldResults;
import app.users.command.user.FormerEmails;
import app.users.command.user.FormerEmails.Undo;
import app.users.command.user.Holder;
import app.users.command.user.NoticeDecision;
import app.users.command.user.NoticeDecision.Writing;
import app.users.command.user.Outcome.Done;
import app.users.command.user.Outcome.Success;
import app.users.command.user.RegistrationDecision;
import app.users.command.user.Reply;
import app.users.command.user.SessionDecision;
import app.users.command.user.UndoDecision;
import app.users.command.user.UserCommand.ChangeProfile;
import app.users.command.user.UserCommand.EndAllSessions;
import app.users.command.user.UserCommand.EndSession;
import app.users.command.user.UserCommand.EraseUnused;
import app.users.command.user.UserCommand.EraseUser;
import app.users.command.user.UserCommand.GiveCode;
import app.users.command.user.UserCommand.RegisterUser;
import app.users.command.user.UserCommand.RequestCode;
import app.users.command.user.UserCommand.ResetPassword;
import app.users.command.user.UserCommand.SignOut;
import app.users.command.user.UserCommand.UndoEmailChange;
import app.users.command.user.UserState;
import app.users.command.value.Identifier;
import app.users.command.value.Identifier.Kind;
import app.users.command.value.TextMessages;
import app.users.events.ConfirmationCode.Purpose;
import app.users.events.UserEvent;
import app.users.events.UserEvent.NoticeRequested;
import app.users.events.UserEvent.PasswordResetRequested;
import app.users.events.UserEvent.SessionEnded.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.command.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The user as Axon runs it: loads the state, does what a decision needs of the database in the transaction of the command, and
 * applies the events that were decided.
 */
@org.axonframework.spring.stereotype.Aggregate(
        type = "User",
        cache = "recentUsers",
        snapshotTriggerDefinition = "userSnapshots")
class User {

    @AggregateIdentifier
    private @Nullable String id;

    private UserState state = UserState.NONE;

    User() {}

    /** As it was when a snapshot was taken. */
    User(UserState state) {
        id = Long.toString(state.id());
        this.state = state;
    }

    UserState state() {
        return state;
    }

    @CommandHandler
    User(RegisterUser c, Claims claims, Credentials credentials, UserKeys keys, CodeRules rules, CodeTally tally) {
        long user = Long.parseLong(c.id());
        Claimed claimed = claims.takeAll(RegistrationDecision.identifiers(c), user);
        RegistrationDecision.check(claimed);
        keys.create(user);
        credentials.create(user, c.passwordHash());
        Optional<Granted> code = Optional.ofNullable(c.confirmation())
                .map(asked ->
                        ask(asked, user, RegistrationDecision.email(c), claimed.isPending(Kind.EMAIL), rules, tally))
                .filter(Granted.class::isInstance)
                .map(Granted.class::cast);
        RegistrationDecision.events(c, claimed, code).forEach(event -> apply(event));
    }

    @CommandHandler
    Reply<FieldResults> change(
            ChangeProfile c, Claims claims, Credentials credentials, AddressChanges changes, Notices notices) {
        ChangeDecision change = new ChangeDecision(state, c);
        return change.refusal()
                .or(() -> change.movesAddress() ? change.tooMany(changes.count(state.id(), c.now())) : Optional.empty())
                .map(this::reply)
                .orElseGet(() -> reply(
                        change.decide(
                                claimed(change, claims, notices.undoUntil(c.now())), isReplaced(change, credentials)),
                        notices.writing(c.language(), c.undo(), c.now()),
                        notices,
                        c.now()));
    }

    private Claimed claimed(ChangeDecision change, Claims claims, Instant holdUntil) {
        List<ClaimMove> moves = change.moves();
        return moves.isEmpty()
                ? Claimed.ALL
                : claims.moveAll(moves, List.of(state.email(), state.number()), state.id(), holdUntil);
    }

    /** Not if the epoch that the password was checked in is over. */
    private boolean isReplaced(ChangeDecision change, Credentials credentials) {
        return change.password()
                .filter(to -> credentials.replace(state.id(), to.epoch(), to.hash(), state.epoch() + 1, to.session()))
                .isPresent();
    }

    @CommandHandler
    Reply<CodeRequest> request(
            RequestCode c, Claims claims, CodeRules rules, CodeTally tally, ResetCodes resets, TextMessages texts) {
        Holder holder = claims.holder(address(c.purpose()), state.id());
        Decision<CodeRequest> decision = CodeDecision.settled(state, c, holder, texts)
                .orElseGet(() -> CodeDecision.request(
                        state,
                        c,
                        ask(c, state.id(), address(c.purpose()), isPending(c.purpose(), holder), rules, tally)));
        decision.events().forEach(event -> {
            if (event instanceof PasswordResetRequested e) {
                String code = rules.codes().derive(e.purpose(), e.user(), e.address(), e.request());
                resets.keep(e.user(), e.request(), code, e.expires(), c.known());
            }
        });
        return reply(decision);
    }

    private Identifier address(Purpose purpose) {
        return state.address(purpose).orElseGet(state::email);
    }

    /** Codes that reset the password are counted in another way. */
    private static boolean isPending(Purpose purpose, Holder holder) {
        return purpose != Purpose.PASSWORD && holder.loser().isPresent();
    }

    /**
     * A code that is granted is counted.
     *
     * @param pending whether another user has the address
     */
    private static Asked ask(
            RequestCode c, long user, Identifier address, boolean pending, CodeRules rules, CodeTally tally) {
        Asked asked = rules.ask(tally.sent(c, user, address, pending), c.now());
        if (asked instanceof Granted) {
            tally.countSent(c, user, address, pending);
        }
        return asked;
    }

    @CommandHandler
    Reply<Done> give(
            GiveCode c,
            Claims claims,
            CodeRules rules,
            CodeTally tally,
            ResetCodes resets,
            Credentials credentials,
            Notices notices,
            Repository<User> users) {
        Purpose purpose = c.use().purpose();
        Holder holder = c.use() instanceof ResetPassword
                ? new Holder.Nobody() // a reset confirms nothing
                : claims.holder(address(purpose), state.id());
        Decision<Done> decision = CodeDecision.settled(state, c, holder)
                .orElseGet(() -> CodeDecision.give(state, c, tried(c, isPending(purpose, holder), rules, tally)));
        if (!(decision.outcome() instanceof Success)) {
            return reply(decision);
        }
        Writing writing = new Writing(c.use().language());
        if (c.use() instanceof ResetPassword reset) {
            credentials.reset(state.id(), reset.hash(), state.epoch() + 1);
            resets.forget(state.id());
        } else {
            confirm(address(purpose), holder, claims, users, writing, notices, c.now());
        }
        return reply(decision, writing, notices, c.now());
    }

    /**
     * The loser is loaded before the claim is written, because another command of that user can wait for the claim while it keeps
     * everybody else from loading the user.
     */
    private void confirm(
            Identifier identifier,
            Holder holder,
            Claims claims,
            Repository<User> users,
            Writing writing,
            Notices notices,
            Instant now) {
        List<Aggregate<User>> losers = holder.loser().stream()
                .mapToObj(Long::toString)
                .map(users::load)
                .toList();
        if (!claims.confirm(identifier, state.id(), holder)) {
            throw new ConcurrencyException("another user has taken the identifier meanwhile");
        }
        losers.forEach(loser -> loser.execute(user -> user.lose(identifier, writing, notices, now)));
    }

    /** Another user has confirmed it: part of that user's command. */
    private void lose(Identifier identifier, Writing writing, Notices notices, Instant now) {
        reply(CodeDecision.lose(state, identifier), writing, notices, now);
    }

    /** A wrong code is counted. */
    private Tried tried(GiveCode c, boolean pending, CodeRules rules, CodeTally tally) {
        Purpose purpose = c.use().purpose();
        Identifier address = address(purpose);
        Tried tried = rules.tried(
                state.proof(purpose),
                purpose,
                state.id(),
                c.code(),
                tally.wrong(purpose, state.id(), address, pending, c.now()),
                c.now());
        if (tried instanceof Wrong) {
            tally.countWrong(purpose, state.id(), address, pending, c.now());
        }
        return tried;
    }

    @CommandHandler
    long end(EndSession c, Credentials credentials) {
        boolean ended = !state.erased() && credentials.endSession(state.id(), c.session(), c.reason() == Reason.REUSED);
        SessionDecision.end(state, c, ended).ifPresent(event -> apply(event));
        return state.version();
    }

    @CommandHandler
    long end(SignOut c, Credentials credentials) {
        return end(new EndSession(c.id(), c.session(), Reason.SIGNED_OUT), credentials);
    }

    @CommandHandler
    long end(EndAllSessions c, Credentials credentials) {
        SessionDecision.endAll(state).ifPresent(ended -> {
            credentials.endSessions(state.id(), ended.epoch());
            apply(ended);
        });
        return state.version();
    }

    @CommandHandler
    Reply<Done> undo(UndoEmailChange c, CodeRules rules, Claims claims, Credentials credentials, Notices notices) {
        Optional<Undo> undo =
                UndoDecision.undo(state, c, rules.codes()).filter(found -> restored(found, claims, c.now()));
        Decision<Done> decision = UndoDecision.decide(state, undo);
        if (undo.isPresent()) {
            credentials.replaceByNone(state.id(), state.epoch() + 1);
        }
        return reply(decision, new Writing(c.language()), notices, c.now());
    }

    private boolean restored(Undo undo, Claims claims, Instant now) {
        boolean moved = UndoDecision.move(state, undo)
                .map(move -> claims.move(move, state.id(), now.plus(FormerEmails.LONGEST)))
                .orElse(true);
        return moved && claims.confirm(Identifier.ofEmail(undo.email()), state.id(), new Holder.Nobody());
    }

    @CommandHandler
    Reply<Done> erase(EraseUser c, Erasure erasure) {
        return reply(ErasureDecision.refusal(state, c).orElseGet(() -> {
            erasure.erase(state.id(), c.receipt(), c.now());
            return ErasureDecision.decide(state);
        }));
    }

    @CommandHandler
    Reply<Done> erase(EraseUnused c, Erasure erasure, Credentials credentials) {
        return reply(
                ErasureDecision.refusal(state, credentials.isUnused(state.id())).orElseGet(() -> {
                    erasure.erase(state.id(), c.receipt(), c.now());
                    return ErasureDecision.decide(state);
                }));
    }

    /** Also tells the last confirmed address, unless it had enough notices. One with a token is always sent. */
    private <T> Reply<T> reply(Decision<T> decision, Writing writing, Notices notices, Instant now) {
        Optional<NoticeRequested> notice = NoticeDecision.notice(state, decision.events(), writing)
                .filter(due -> due.undo() != null || notices.count(state.id(), Identifier.ofEmail(due.email()), now));
        decision.events().forEach(event -> apply(event));
        notice.ifPresent(event -> apply(event));
        return new Reply<>(state.version(), decision.outcome());
    }

    private <T> Reply<T> reply(Decision<T> decision) {
        decision.events().forEach(event -> apply(event));
        return new Reply<>(state.version(), decision.outcome());
    }

    /** Versions count from one, Axon's sequence from zero. */
    @EventSourcingHandler
    void on(UserEvent event, @SequenceNumber long sequence) {
        id = Long.toString(event.user());
        state = state.after(event, sequence + 1);
    }
}
