package app.users.notification.letters;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** @param templates folder whose files replace the built-in texts, see docs/mails.md */
@ConfigurationProperties("users.notification")
record TemplateProperties(@Nullable Path templates) {}
