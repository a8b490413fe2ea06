package app.users.management;

import app.users.settings.InvalidSetting;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;

/** Ends the start when the API and the management endpoints would share a port: the filter guards the management port only. */
@ManagementContextConfiguration(value = ManagementContextType.SAME, proxyBeanMethods = false)
class SharedPortConfiguration {

    SharedPortConfiguration() {
        throw new InvalidSetting("management.server.port", "is the port of the API; it must be a port of its own");
    }
}
