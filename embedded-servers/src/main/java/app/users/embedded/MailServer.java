package app.users.embedded;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;

/**
 * SMTP and IMAP for one machine, and a phone for text messages. Log in over IMAP with the address and any password; a page
 * shows what arrived. Each mail is a file before it is acknowledged, so that a restart shows it again.
 */
public final class MailServer implements AutoCloseable {

    /**
     * Where it listens.
     *
     * @param address the address of this machine that all three ports are bound to
     * @param hosts further names in the {@code Host} of requests to the page
     */
    public record Doors(String address, int smtpPort, int imapPort, int pagePort, Set<String> hosts) {

        public static Doors local(int smtpPort, int imapPort, int pagePort) {
            return new Doors("127.0.0.1", smtpPort, imapPort, pagePort, Set.of());
        }
    }

    private final GreenMail mail;
    private final MailPage page;

    private MailServer(GreenMail mail, MailPage page) {
        this.mail = mail;
        this.page = page;
    }

    public static MailServer start(Path folder, Doors doors) {
        PortTaken.check("SMTP", doors.smtpPort(), "users.embedded.mail.smtp-port");
        PortTaken.check("IMAP", doors.imapPort(), "users.embedded.mail.imap-port");
        PortTaken.check("The mail page", doors.pagePort(), "users.embedded.mail.page-port");
        GreenMail mail = new GreenMail(new ServerSetup[] {
                    new ServerSetup(doors.smtpPort(), doors.address(), ServerSetup.PROTOCOL_SMTP),
                    new ServerSetup(doors.imapPort(), doors.address(), ServerSetup.PROTOCOL_IMAP)
                })
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        UserManager users = mail.getManagers().getUserManager();
        try {
            KeptMails kept = new KeptMails(folder);
            for (KeptMail old : kept.oldestFirst()) {
                if (!old.isText()) {
                    user(users, old.to()).deliver(old.message());
                }
            }
            users.setMessageDeliveryHandler((message, address) -> {
                kept.keep(address.getEmail(), message.getMessage());
                return user(users, address.getEmail());
            });
            // last: before this, a mail would be acknowledged and not kept
            mail.start();
            return new MailServer(mail, MailPage.start(doors, kept));
        } catch (IOException e) {
            mail.stop();
            throw new UncheckedIOException("the mail server did not start on " + folder, e);
        }
    }

    /** @param page where the name on the mail page leads */
    public void home(URI page) {
        this.page.home(page);
    }

    private static GreenMailUser user(UserManager users, String address) {
        GreenMailUser known = users.getUserByEmail(address);
        try {
            return known != null ? known : users.createUser(address, address, "");
        } catch (UserException e) {
            throw new IllegalStateException("no mailbox for " + address, e);
        }
    }

    @Override
    public void close() {
        page.close();
        mail.stop();
    }
}
