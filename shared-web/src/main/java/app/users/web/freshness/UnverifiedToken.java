package app.users.web.freshness;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Claims of an access token whose signature is not checked. They may select what is remembered for the bearer; they must never
 * give access.
 */
record UnverifiedToken(String subject, Instant expires) {

    private static final Pattern JWT = Pattern.compile(
            "(?:bearer|token) +[A-Za-z0-9_-]+\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]+ *", Pattern.CASE_INSENSITIVE);

    static Optional<UnverifiedToken> of(HttpServletRequest request, JsonMapper json) {
        String header = request.getHeader("Authorization");
        Matcher matcher = JWT.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            JsonNode claims = json.readTree(Base64.getUrlDecoder().decode(matcher.group(1)));
            JsonNode subject = claims.path("sub");
            JsonNode expires = claims.path("exp");
            return subject.isString() && expires.isIntegralNumber() && expires.canConvertToLong()
                    ? Optional.of(
                            new UnverifiedToken(subject.stringValue(), Instant.ofEpochSecond(expires.longValue())))
                    : Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
