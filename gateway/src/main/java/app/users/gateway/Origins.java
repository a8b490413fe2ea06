package app.users.gateway;

import app.users.web.route.Owner;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The origin that the requests of each service go to: at the start the first in the settings, later the chosen one. */
final class Origins {

    private final GatewayProperties settings;
    private final Map<Owner, URI> chosen = new ConcurrentHashMap<>();

    Origins(GatewayProperties settings) {
        this.settings = settings;
    }

    URI of(Owner owner) {
        return chosen.getOrDefault(owner, settings.first(owner));
    }

    boolean mayChoose(Owner owner, URI origin) {
        return origin.equals(settings.first(owner))
                || settings.alternatives(owner).contains(origin);
    }

    /** Requests under way stay with the origin that they were sent to. */
    void choose(Owner owner, URI origin) {
        if (!mayChoose(owner, origin)) {
            throw new IllegalArgumentException(origin + " is not in the settings");
        }
        chosen.put(owner, origin);
    }
}
