package app.users.command.aggregate;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import app.users.command.credentials.Credentials;
import app.users.command.keys.UserKeys;
import app.users.command.user.ChangeDecision;
import app.users.command.user.ChangeDecision.ClaimMove;
import app.users.command.user.Claimed;
import app.users.command.user.CodeDecision;
import app.users.command.user.CodeRequest;
import app.users.command.user.CodeRules.Granted;
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
import app.users.command.user.UserCommand.EraseByOperator;
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
import app.users.events.UserEvent;
import app.users.events.UserEvent.NoticeRequested;
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
    User(RegisterUser c, Claims claims, Credentials credentials, UserKeys keys, Codes codes) {
        long user = Long.parseLong(c.id());
        Claimed claimed = claims.takeAll(RegistrationDecision.identifiers(c), user);
        RegistrationDecision.check(claimed);
        keys.create(user);
        credentials.create(user, c.passwordHash());
        Optional<Granted> code = Optional.ofNullable(c.confirmation())
                .flatMap(asked ->
                        codes.atRegistration(asked, RegistrationDecision.email(c), claimed.isPending(Kind.EMAIL)));
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
    Reply<CodeRequest> request(RequestCode c, Codes codes) {
        return reply(codes.request(state, c));
    }

    @CommandHandler
    Reply<Done> give(
            GiveCode c, Codes codes, Claims claims, Credentials credentials, Notices notices, Repository<User> users) {
        Holder holder = codes.holder(state, c);
        Decision<Done> decision = codes.give(state, c, holder);
        if (!(decision.outcome() instanceof Success)) {
            return reply(decision);
        }
        Writing writing = new Writing(c.use().language());
        if (c.use() instanceof ResetPassword reset) {
            credentials.reset(state.id(), reset.hash(), state.epoch() + 1);
            codes.used(state);
        } else {
            Identifier confirmed = Codes.address(state, c.use().purpose());
            List<Aggregate<User>> losers = confirm(confirmed, holder, claims, users);
            losers.forEach(loser -> loser.execute(user -> user.lose(confirmed, writing, notices, c.now())));
        }
        return reply(decision, writing, notices, c.now());
    }

    /**
     * The loser is loaded before the claim is written, because another command of that user can wait for the claim while it keeps
     * everybody else from loading the user.
     */
    private List<Aggregate<User>> confirm(Identifier identifier, Holder holder, Claims claims, Repository<User> users) {
        List<Aggregate<User>> losers = holder.loser().stream()
                .mapToObj(Long::toString)
                .map(users::load)
                .toList();
        if (!claims.confirm(identifier, state.id(), holder)) {
            throw new ConcurrencyException("another user has taken the identifier meanwhile");
        }
        return losers;
    }

    /** Another user has confirmed it: part of that user's command. */
    private void lose(Identifier identifier, Writing writing, Notices notices, Instant now) {
        reply(CodeDecision.lose(state, identifier), writing, notices, now);
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
    Reply<Done> undo(UndoEmailChange c, Codes codes, Claims claims, Credentials credentials, Notices notices) {
        Optional<Undo> undo =
                UndoDecision.undo(state, c, codes.comparison()).filter(found -> restored(found, claims, c.now()));
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
        return moved && claims.confirm(Identifier.ofEmail(undo.email()), state.id(), new Holder.NoOther());
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

    @CommandHandler
    Reply<Done> erase(EraseByOperator c, Erasure erasure) {
        return reply(ErasureDecision.refusal(state).orElseGet(() -> {
            erasure.erase(state.id(), c.receipt(), c.now());
            return ErasureDecision.decide(state, c);
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
