package app.users.query.view;

import app.users.events.UserEvent.EmailChanged;
import app.users.events.UserEvent.EmailConfirmationRequested;
import app.users.events.UserEvent.NumberChanged;
import app.users.events.UserEvent.NumberConfirmationRequested;
import app.users.events.UserEvent.ProfileChanged;
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
    private String surname;
    private String name;
    private String patronymic;
    private String address;
    private String email;
    private String number;
    private boolean confirmedEmail;
    private boolean confirmedNumber;
    private boolean executor;
    private long epoch;
    private @Nullable String keeps;
    private List<String> ended;
    private @Nullable LastRequest emailRequest;
    private @Nullable LastRequest numberRequest;
    private @Nullable Parked parked;

    Draft(UserView view, long version, Instant at) {
        this.before = view;
        this.version = version;
        this.at = at;
        surname = view.surname();
        name = view.name();
        patronymic = view.patronymic();
        address = view.address();
        email = view.email();
        number = view.number();
        confirmedEmail = view.confirmedEmail();
        confirmedNumber = view.confirmedNumber();
        executor = view.executor();
        epoch = view.epoch();
        keeps = view.keeps();
        ended = view.ended();
        emailRequest = view.emailRequest();
        numberRequest = view.numberRequest();
    }

    Draft profile(ProfileChanged e) {
        surname = Fold.changed(surname, e.surname());
        name = Fold.changed(name, e.name());
        patronymic = Fold.changed(patronymic, e.patronymic());
        address = Fold.changed(address, e.address());
        return this;
    }

    Draft email(EmailChanged e) {
        confirmedEmail = confirmedEmail && e.onlySpelling();
        emailRequest = emailRequest == null || e.onlySpelling() ? emailRequest : emailRequest.outdated();
        email = e.to();
        return this;
    }

    Draft number(NumberChanged e) {
        confirmedNumber = false;
        numberRequest = numberRequest == null ? null : numberRequest.outdated();
        number = e.to();
        return this;
    }

    Draft confirmedEmail(String confirmed) {
        confirmedEmail = confirmedEmail || confirmed.equalsIgnoreCase(email);
        return this;
    }

    Draft confirmedNumber(String confirmed) {
        confirmedNumber = confirmedNumber || confirmed.equals(number);
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

    Draft executor(boolean to) {
        executor = to;
        return this;
    }

    Draft epoch(long to, @Nullable String kept) {
        epoch = to;
        keeps = kept;
        return this;
    }

    /** Access tokens live minutes: who ended a hundred sessions since is past caring about the first. */
    Draft ended(String session) {
        ended = Stream.concat(Stream.of(session), ended.stream())
                .limit(MOST_ENDED)
                .toList();
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
                surname,
                name,
                patronymic,
                address,
                email,
                number,
                confirmedEmail,
                confirmedNumber,
                executor,
                before.createdAt(),
                updatedAt,
                epoch,
                keeps,
                ended,
                emailRequest,
                numberRequest,
                false,
                parked);
    }
}
