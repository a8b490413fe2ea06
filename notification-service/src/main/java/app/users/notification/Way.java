package app.users.notification;

import app.users.events.MailState.Kind;

/** How a mail travels. Each way has senders of its own, so that trouble on one does not slow the other. */
enum Way {
    MAIL,
    TEXT;

    static Way of(Kind kind) {
        return kind == Kind.NUMBER ? TEXT : MAIL;
    }
}
