package app.users.system;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Takes a good access token apart and makes from it what a forger would, and what only its issuer could have made wrong. */
final class ForgedTokens {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final String good;
    private final PrivateKey ours;
    private final KeyPair strangers;

    ForgedTokens(String good, String signingKey) throws GeneralSecurityException {
        this.good = good;
        this.ours = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(signingKey)));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.strangers = generator.generateKeyPair();
    }

    /** The good one, taken apart and signed anew: shows that the forged ones are refused for what was forged. */
    String signedAgain() throws GeneralSecurityException {
        return signed(header -> {}, claims -> {}, ours);
    }

    /** The good one with another type, signed by the same key. */
    String ofType(String type) throws GeneralSecurityException {
        return signed(header -> header.put("typ", type), claims -> {}, ours);
    }

    /** @param jwks what the system shows of its keys */
    Map<String, String> all(String jwks) throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put("alg none", text(part(0).put("alg", "none")) + "." + text(part(1)) + ".");
        forged.put("HS256 with the public key", hmac(jwks));
        forged.put("another key", signed(header -> {}, claims -> {}, strangers.getPrivate()));
        forged.put("a changed payload", changedPayload());
        forged.put("expired", signed(header -> {}, claims -> claims.put("exp", now - 1), ours));
        forged.put("expired long ago", signed(header -> {}, claims -> claims.put("exp", now - 120), ours));
        forged.put("not yet valid", signed(header -> {}, claims -> claims.put("nbf", now + 300), ours));
        forged.put("another issuer", signed(header -> {}, claims -> claims.put("iss", "http://evil.example"), ours));
        forged.put("another audience", signed(header -> {}, claims -> claims.put("aud", "others"), ours));
        forged.put("another type", ofType("logout+jwt"));
        forged.put(
                "a key of its own",
                signed(header -> header.set("jwk", strangersKey()), claims -> {}, strangers.getPrivate()));
        for (String place : new String[] {"jku", "x5u"}) {
            String elsewhere = "http://127.0.0.1:1/keys";
            forged.put(place, signed(header -> header.put(place, elsewhere), claims -> {}, strangers.getPrivate()));
        }
        return forged;
    }

    private String signed(Consumer<ObjectNode> header, Consumer<ObjectNode> claims, PrivateKey key)
            throws GeneralSecurityException {
        ObjectNode changedHeader = part(0);
        ObjectNode changedClaims = part(1);
        header.accept(changedHeader);
        claims.accept(changedClaims);
        String content = text(changedHeader) + "." + text(changedClaims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + TEXT.encodeToString(signature.sign());
    }

    private String hmac(String publicKey) throws GeneralSecurityException {
        String content = text(part(0).put("alg", "HS256")) + "." + text(part(1));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(publicKey.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return content + "." + TEXT.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private String changedPayload() {
        String[] parts = good.split("\\.");
        return parts[0] + "." + text(part(1).put("sub", part(1).get("sub").stringValue() + "0")) + "." + parts[2];
    }

    private ObjectNode strangersKey() {
        ECPublicKey key = (ECPublicKey) strangers.getPublic();
        return JSON.createObjectNode()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", coordinate(key.getW().getAffineX().toByteArray()))
                .put("y", coordinate(key.getW().getAffineY().toByteArray()));
    }

    private static String coordinate(byte[] number) {
        byte[] fixed = new byte[32];
        byte[] last = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        System.arraycopy(last, 0, fixed, 32 - last.length, last.length);
        return TEXT.encodeToString(fixed);
    }

    private ObjectNode part(int index) {
        return (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(good.split("\\.")[index]));
    }

    private static String text(ObjectNode part) {
        return TEXT.encodeToString(JSON.writeValueAsBytes(part));
    }
}
