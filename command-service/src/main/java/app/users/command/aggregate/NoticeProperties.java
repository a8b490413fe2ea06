package app.users.command.aggregate;

import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mails that tell of a changed email, number or password.
 *
 * @param aDay how many are sent to one address in 24 hours; later changes are made without one
 */
@ConfigurationProperties("users.notices")
record NoticeProperties(@DefaultValue("20") int aDay) {

    NoticeProperties {
        Require.atLeast("users.notices.a-day", aDay, 1);
    }
}
