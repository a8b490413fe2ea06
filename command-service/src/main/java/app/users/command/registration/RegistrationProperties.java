package app.users.command.registration;

import app.users.settings.Require;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a registration costs a client.
 *
 * @param workBits how many zero bits the hash of a client's proof of work must begin with (docs/api.md says how); each bit
 *     doubles the work, 20 bits take a client about a second; 0 to 30, 0 asks for no proof
 */
@ConfigurationProperties("users.registration")
record RegistrationProperties(@DefaultValue("0") int workBits) {

    private static final int MOST_BITS = 30;

    RegistrationProperties {
        Require.between("users.registration.work-bits", workBits, 0, MOST_BITS);
    }
}
