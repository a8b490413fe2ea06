package app.users.command.user;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a write requires of the profile's entity tag (RFC 9110, 13.1). A user who can be written to always has a profile, so
 * {@link #ANY} stands for whatever there is. Tags are quoted.
 *
 * @param match one of them must be the present tag; null without the condition
 * @param noneMatch none of them may be the present tag
 */
public record Precondition(@Nullable Set<String> match, Set<String> noneMatch) {

    public static final String ANY = "*";
    public static final Precondition NONE = new Precondition(null, Set.of());

    /** @param shown the version that the entity tag names */
    public boolean holds(long shown) {
        String tag = "\"" + shown + "\"";
        return (match == null || match.contains(ANY) || match.contains(tag))
                && !noneMatch.contains(ANY)
                && !noneMatch.contains(tag);
    }
}
