package app.users.command.form;

import app.users.command.user.Precondition;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;

/** The headers {@code If-Match}, by strong comparison, and {@code If-None-Match}, by weak comparison (RFC 9110, 13.1). */
public final class Preconditions {

    private Preconditions() {}

    /** A header that holds no tag matches nothing. */
    public static Precondition of(@Nullable String ifMatch, @Nullable String ifNoneMatch) {
        return new Precondition(
                ifMatch == null ? null : tags(ETag.parse(ifMatch), tag -> tag.isWildcard() || !tag.weak()),
                tags(ifNoneMatch == null ? List.of() : ETag.parse(ifNoneMatch), _ -> true));
    }

    private static Set<String> tags(Collection<ETag> tags, Predicate<ETag> counts) {
        return tags.stream()
                .filter(counts)
                .map(tag -> tag.isWildcard() ? Precondition.ANY : "\"" + tag.tag() + "\"")
                .collect(Collectors.toUnmodifiableSet());
    }
}
