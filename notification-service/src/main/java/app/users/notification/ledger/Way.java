package app.users.notification.ledger;

import app.users.events.MailState.Kind;

/** How a mail travels. Each way has senders of its own, so that trouble on one does not slow the other. */
public enum Way {
    MAIL,
    TEXT;

    public static Way of(Kind kind) {
        return kind == Kind.NUMBER ? TEXT : MAIL;
    }
}
