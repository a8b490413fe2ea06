package app.users.gateway;

import app.users.web.Owner;
import java.net.URI;

/** Where the services are now: as the settings say at the start, until someone says otherwise. */
final class Origins {

    private volatile GatewayProperties now;

    Origins(GatewayProperties settings) {
        now = settings;
    }

    GatewayProperties now() {
        return now;
    }

    URI of(Owner owner) {
        return now.origin(owner);
    }

    /** What is under way ends where it began. */
    void change(GatewayProperties changed) {
        now = changed;
    }
}
