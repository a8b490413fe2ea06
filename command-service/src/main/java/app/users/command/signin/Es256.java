package app.users.command.signin;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ES256 by Amazon's native library, or by the JDK in four times the time where that does not load; both verify alike. */
final class Es256 {

    private static final Logger LOG = LoggerFactory.getLogger(Es256.class);

    private Es256() {}

    static JWSSigner signer(ECKey key) {
        return signer(key, fastest());
    }

    static JWSSigner signer(ECKey key, Optional<Provider> provider) {
        try {
            return provider.isPresent() ? signer(key, provider.get()) : new ECDSASigner(key);
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalArgumentException("no key for ES256", e);
        }
    }

    /** With the key in the provider's own form, into which it would otherwise be brought at every signature. */
    private static JWSSigner signer(ECKey key, Provider provider) throws JOSEException, GeneralSecurityException {
        Key own = KeyFactory.getInstance("EC", provider).translateKey(key.toECPrivateKey());
        ECDSASigner signer = new ECDSASigner((PrivateKey) own, key.getCurve());
        signer.getJCAContext().setProvider(provider);
        // or each signature would make one
        signer.getJCAContext().setSecureRandom(new SecureRandom());
        return signer;
    }

    /** Nothing where the JDK's own is the only one. */
    static Optional<Provider> fastest() {
        Throwable error = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
        if (error != null) {
            LOG.warn("Amazon's crypto library does not load here, tokens are signed by the JDK: {}", error.toString());
            return Optional.empty();
        }
        return Optional.of(AmazonCorrettoCryptoProvider.INSTANCE);
    }
}
