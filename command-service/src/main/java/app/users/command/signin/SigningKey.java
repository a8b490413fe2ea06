package app.users.command.signin;

import app.users.settings.InvalidSetting;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.jce.ECNamedCurveTable;

/** Reads the P-256 key that signs access tokens; its public half and name follow from it. */
final class SigningKey {

    /** What to set a missing one to. */
    static final String RIGHT = "base64 of a P-256 private key in PKCS#8 DER (openssl genpkey -algorithm EC"
            + " -pkeyopt ec_paramgen_curve:P-256 -outform DER | openssl pkcs8 -topk8 -nocrypt -inform DER -outform DER"
            + " | base64 -w0)";

    private SigningKey() {}

    /** @param pkcs8 the private key in PKCS#8 DER */
    static ECKey read(byte[] pkcs8) {
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            ECPrivateKey privateKey = (ECPrivateKey) keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var point = ECNamedCurveTable.getParameterSpec("secp256r1")
                    .getG()
                    .multiply(privateKey.getS())
                    .normalize();
            ECPoint w = new ECPoint(
                    point.getAffineXCoord().toBigInteger(),
                    point.getAffineYCoord().toBigInteger());
            ECPublicKey publicKey = (ECPublicKey) keys.generatePublic(new ECPublicKeySpec(w, privateKey.getParams()));
            return new ECKey.Builder(Curve.P_256, publicKey)
                    .privateKey(privateKey)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (GeneralSecurityException | JOSEException | ClassCastException e) {
            throw new InvalidSetting("users.token.signing-key", "is no such key; set it to " + RIGHT);
        }
    }
}
