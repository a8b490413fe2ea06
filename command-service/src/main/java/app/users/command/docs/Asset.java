package app.users.command.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;

/** A file as it is served: always asked for again, sent again only when it is another one. */
record Asset(byte[] bytes, MediaType type, String tag) {

    /** @param pattern where on the class path it is; exactly one file must match */
    static Asset read(String pattern, MediaType type) {
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

    ResponseEntity<byte[]> answer() {
        return with(ResponseEntity.ok());
    }

    ResponseEntity<byte[]> with(ResponseEntity.BodyBuilder answer) {
        return answer.eTag(tag)
                .cacheControl(CacheControl.noCache().cachePublic())
                .contentType(type)
                .body(bytes);
    }
}
