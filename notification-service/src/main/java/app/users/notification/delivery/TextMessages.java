package app.users.notification.delivery;

import app.users.notification.ledger.DeliveryResult;

/** The way to a phone. */
interface TextMessages {

    /** @param id the same when the message is sent again */
    DeliveryResult send(String id, String number, String text);
}
