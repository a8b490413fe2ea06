package app.users.system;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An access token taken apart, as somebody else's service would with the JDK alone. */
public record AccessToken(String signed, JsonNode header, JsonNode claims, byte[] signature) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public static AccessToken of(String text) {
        String[] parts = text.split("\\.");
        return new AccessToken(
                parts[0] + "." + parts[1],
                JSON.readTree(bytes(parts[0])),
                JSON.readTree(bytes(parts[1])),
                bytes(parts[2]));
    }

    boolean isSignedWithOneOf(JsonNode keys) {
        for (JsonNode key : keys) {
            if (key.path("kid").equals(header.path("kid")) && isSignedWith(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean isSignedWith(JsonNode key) {
        try {
            AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
            curve.init(new ECGenParameterSpec("secp256r1"));
            ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(KeyFactory.getInstance("EC")
                    .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class))));
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger number(JsonNode key, String member) {
        return new BigInteger(1, bytes(key.required(member).stringValue()));
    }

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }
}
