package app.users.command.signin;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.List;
import java.util.stream.Stream;

/**
 * The key that signs access tokens, and those that did before: what they have signed is good until it expires.
 *
 * @param previous verify only
 */
record SigningKeys(ECKey current, List<ECKey> previous) {

    SigningKeys {
        previous = List.copyOf(previous);
    }

    static SigningKeys of(SessionProperties properties) {
        return new SigningKeys(
                SigningKey.read(properties.signingKey().bytes()),
                properties.previousSigningKeys().stream()
                        .map(key -> SigningKey.read(key.bytes()).toPublicJWK())
                        .toList());
    }

    JWKSource<SecurityContext> source() {
        return new ImmutableJWKSet<>(new JWKSet(Stream.concat(Stream.of(current), previous.stream())
                .<JWK>map(key -> key)
                .toList()));
    }
}
