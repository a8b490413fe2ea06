package app.users.query.view;

import java.time.Instant;

/**
 * The last code that was asked for, for one kind of address.
 *
 * @param version of the event that asked for it, by which the state of its mail is found; none when the address has
 *     changed since
 * @param expires when the code is no longer taken
 * @param next when the next one may be asked for; the user's own, so a changed address changes nothing about it
 */
public record LastRequest(long version, Instant at, Instant expires, Instant next) {

    private static final long NONE = 0;

    /** The same after the address has changed: what was sent is worth nothing for the new one. */
    LastRequest outdated() {
        return new LastRequest(NONE, at, expires, next);
    }

    public boolean isForTodaysAddress() {
        return version != NONE;
    }
}
