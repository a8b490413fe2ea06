package app.users.command.aggregate;

import app.users.command.user.FormerEmails;
import app.users.settings.Require;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mails that tell of a changed email, number or password.
 *
 * @param aDay how many are sent to one mailbox, and for one user, in 24 hours; later changes send none, but a notice with an undo
 *     token is always sent and not counted
 * @param undoFor how long a change of the email can be undone with the token in its notice; nobody else can take the former
 *     email in that time; 1m to 90d
 */
@ConfigurationProperties("users.notices")
record NoticeProperties(
        @DefaultValue("20") int aDay, @DefaultValue("7d") Duration undoFor) {

    NoticeProperties {
        Require.atLeast("users.notices.a-day", aDay, 1);
        Require.between("users.notices.undo-for", undoFor, Duration.ofMinutes(1), FormerEmails.LONGEST);
    }
}
