package app.users.command.credentials;

import app.users.command.throttle.Network;
import java.util.OptionalLong;

/**
 * Whom a hash is made for. Requesters of one network share a turn and a number of waiting places.
 *
 * @param network of the client's address
 * @param user who is signed in, if anybody is
 */
public record Requester(String network, OptionalLong user) {

    /** @param address of the client, as numbers */
    public static Requester at(String address) {
        return new Requester(Network.of(address), OptionalLong.empty());
    }

    /** @param address of the client, as numbers */
    public static Requester signedIn(long user, String address) {
        return new Requester(Network.of(address), OptionalLong.of(user));
    }
}
