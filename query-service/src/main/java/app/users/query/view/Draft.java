package app.users.query.view;

import app.users.events.Profile;
import app.users.events.UserEvent;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.NumberConfirmationRequested;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A view being changed by one event. */
final class Draft {

    private static final int MOST_ENDED = 100;

    private final UserView before;
    private final long version;
    private final Instant at;
    private Profile profile;
    private long epoch;
    private @Nullable String keeps;
    private List<String> ended;
    private long acceptedFrom;
    private @Nullable LastRequest emailRequest;
    private @Nullable LastRequest numberRequest;
    private boolean erased;
    private @Nullable Parked parked;

    Draft(UserView view, long version, Instant at) {
        this.before = view;
        this.version = version;
        this.at = at;
        profile = view.profile();
        epoch = view.epoch();
        keeps = view.keeps();
        ended = view.ended();
        acceptedFrom = view.acceptedFrom();
        emailRequest = view.emailRequest();
        numberRequest = view.numberRequest();
    }

    Draft profile(UserEvent event) {
        profile = profile.after(event);
        return this;
    }

    Draft emailRequestOutdated() {
        emailRequest = emailRequest == null ? null : emailRequest.outdated();
        return this;
    }

    Draft numberRequestOutdated() {
        numberRequest = numberRequest == null ? null : numberRequest.outdated();
        return this;
    }

    Draft emailRequest(EmailConfirmationRequested e) {
        emailRequest = new LastRequest(version, at, e.expires(), e.next());
        return this;
    }

    Draft numberRequest(NumberConfirmationRequested e) {
        numberRequest = new LastRequest(version, at, e.expires(), e.next());
        return this;
    }

    Draft epoch(long to, @Nullable String kept) {
        epoch = to;
        keeps = kept;
        return this;
    }

    /** When the list is full, every token that was issued before is refused, so that the list can begin anew. */
    Draft ended(String session) {
        if (ended.size() >= MOST_ENDED) {
            ended = List.of();
            acceptedFrom = version;
        } else {
            ended = Stream.concat(Stream.of(session), ended.stream()).toList();
        }
        return this;
    }

    Draft erased() {
        erased = true;
        return this;
    }

    Draft parked(@Nullable Parked why) {
        parked = why;
        return this;
    }

    UserView shown() {
        return view(version, at);
    }

    /** Nothing that a reader sees has changed. */
    UserView hidden() {
        return view(before.shown(), before.updatedAt());
    }

    private UserView view(long shown, Instant updatedAt) {
        return new UserView(
                before.id(),
                version,
                shown,
                profile,
                before.createdAt(),
                updatedAt,
                epoch,
                keeps,
                ended,
                acceptedFrom,
                emailRequest,
                numberRequest,
                erased,
                parked);
    }
}
