package app.users.command.user;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/**
 * What the headers {@code If-Match} and {@code If-None-Match} of a write require of the profile's entity tag (RFC 9110, 13.1).
 * A user who can be written to always has a profile, so {@code *} stands for whatever there is.
 *
 * @param match one of them must be the present tag, by strong comparison; null without {@code If-Match}
 * @param noneMatch none of them may be the present tag, by weak comparison
 */
record Precondition(@Nullable List<ETag> match, List<ETag> noneMatch) {

    static final Precondition NONE = new Precondition(null, List.of());

    /** A header that holds no tag matches nothing. */
    static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return new Precondition(
                ifMatch == null ? null : ETag.parse(ifMatch),
                ifNoneMatch == null ? List.of() : ETag.parse(ifNoneMatch));
    }

    /** @param shown the version that the entity tag names */
    boolean holds(long shown) {
        String tag = Long.toString(shown);
        return (match == null || match.stream().anyMatch(each -> each.isWildcard() || is(each, tag) && !each.weak()))
                && noneMatch.stream().noneMatch(each -> each.isWildcard() || is(each, tag));
    }

    private static boolean is(ETag each, String tag) {
        return each.tag().equals(tag);
    }
}
