package app.users.web.page;

import app.users.settings.Require;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the first page leads to.
 *
 * @param mails the address of a page that shows mails, for the link on the first page; {@code ./run} names its own, otherwise
 *     there is none by default
 */
@ConfigurationProperties("users.pages")
record PageProperties(@Nullable URI mails) {

    PageProperties {
        if (mails != null) {
            Require.webAddress("users.pages.mails", mails);
        }
    }
}
