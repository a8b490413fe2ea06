package app.users.web.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;

/** A file as it is served: clients ask for it each time, and its bytes are sent only when they have changed. */
public record Asset(byte[] bytes, MediaType type, String tag) {

    /** What a page may load: its own scripts and styles. No other host, no inline script, no frame around it. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** @param pattern where the file is on the class path; exactly one file must match */
    public static Asset read(String pattern, MediaType type) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + pattern);
            if (found.length != 1) {
                throw new IllegalStateException(found.length + " files are " + pattern);
            }
            byte[] bytes = found[0].getContentAsByteArray();
            return new Asset(bytes, new MediaType(type, StandardCharsets.UTF_8), "\"%s\"".formatted(digest(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        return DigestUtils.md5DigestAsHex(bytes);
    }

    public ResponseEntity<byte[]> answer() {
        return with(ResponseEntity.ok());
    }

    public ResponseEntity<byte[]> with(ResponseEntity.BodyBuilder answer) {
        return answer.eTag(tag)
                .cacheControl(CacheControl.noCache().cachePublic())
                .header("X-Content-Type-Options", "nosniff")
                // Spring would add a name of a download to scripts
                .header("Content-Disposition", "inline")
                .contentType(type)
                .body(bytes);
    }
}
