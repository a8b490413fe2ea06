package app.users.command.signin;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class Es256Test {

    private final ECKey key;

    Es256Test() throws JOSEException {
        key = new ECKeyGenerator(Curve.P_256).generate();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theNativeLibraryLoads() {
        assertThat(Es256.fastest()).isPresent();
    }

    @Test
    void whoeverSignsTheJdkVerifies() throws JOSEException {
        assertThat(verifies(Es256.signer(key))).isTrue();
        assertThat(verifies(Es256.signer(key, Optional.empty()))).isTrue();
    }

    private boolean verifies(JWSSigner signer) throws JOSEException {
        JWSObject signed = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("who it is"));
        signed.sign(signer);
        return signed.verify(new ECDSAVerifier(key));
    }
}
