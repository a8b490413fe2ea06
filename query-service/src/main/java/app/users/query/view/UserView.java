package app.users.query.view;

import app.users.events.Profile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user as reads show it.
 *
 * @param version of the last event folded in
 * @param shown the version of the last event that changed something a reader sees
 * @param ended sessions that were ended one by one, at most 100
 * @param acceptedFrom access tokens that were issued at an earlier version of the user are refused
 * @param epoch access tokens of an earlier one are refused, unless their session is {@code keeps}
 */
public record UserView(
        long id,
        long version,
        long shown,
        Profile profile,
        Instant createdAt,
        Instant updatedAt,
        long epoch,
        @Nullable String keeps,
        List<String> ended,
        long acceptedFrom,
        @Nullable LastRequest emailRequest,
        @Nullable LastRequest numberRequest,
        boolean erased,
        @Nullable Parked parked) {

    public boolean confirmedEmail() {
        return profile.confirmedEmail();
    }

    public boolean confirmedNumber() {
        return profile.confirmedNumber();
    }

    /** Whether a token of this session and epoch, issued at this version, still counts. */
    public boolean accepts(String session, long tokenEpoch, long tokenVersion) {
        return !erased
                && tokenVersion >= acceptedFrom
                && !ended.contains(session)
                && (tokenEpoch >= epoch || session.equals(keeps));
    }

    /** Of whom nothing could be read yet. */
    public static UserView unknown(long id, Instant at) {
        return new UserView(id, 0, 0, Profile.EMPTY, at, at, 0, null, List.of(), 0, null, null, false, null);
    }

    /** Whether there is anything to show. */
    public boolean isKnown() {
        return version > 0;
    }

    /** The last good state, which waits until the cause is repaired; without a cause it is taken up again. */
    public UserView parked(@Nullable Parked why) {
        return new Draft(this, version, updatedAt).parked(why).hidden();
    }
}
