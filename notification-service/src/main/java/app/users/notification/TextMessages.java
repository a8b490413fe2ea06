package app.users.notification;

/** The way to a phone. */
interface TextMessages {

    /** @param id the same when the message is sent again */
    Outcome send(String id, String number, String text);
}
