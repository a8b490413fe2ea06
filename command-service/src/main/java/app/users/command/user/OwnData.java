package app.users.command.user;

import app.users.command.value.Identifier;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import app.users.command.value.Text;
import app.users.events.Profile;
import com.ibm.icu.text.Normalizer2;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The personal data of a user, which no password may repeat; what is not known is empty.
 *
 * @param texts names and address
 */
public record OwnData(List<String> texts, String email, String number) {

    public static OwnData of(Map<Field, String> values) {
        return new OwnData(
                Field.SELF_DESCRIBED.stream().map(field -> value(values, field)).toList(),
                value(values, Field.EMAIL),
                value(values, Field.NUMBER));
    }

    static OwnData of(Profile profile) {
        return new OwnData(
                Field.SELF_DESCRIBED.stream()
                        .map(field -> field.in(profile).orElse(""))
                        .toList(),
                profile.email(),
                profile.number());
    }

    private static String value(Map<Field, String> values, Field field) {
        return values.getOrDefault(field, "");
    }

    /** Whether the password is one of these values, however it is written. */
    public boolean has(Password password) {
        String text = password.value();
        return Stream.concat(texts.stream(), Stream.of(email))
                        .map(OwnData::folded)
                        .anyMatch(folded(text)::equals)
                || Identifier.ofEmail(email).equals(Identifier.ofEmail(text))
                || PhoneNumber.isSame(number, text);
    }

    /** Without regard to case, width and invisible characters. */
    private static String folded(String text) {
        return Text.trimmed(Normalizer2.getNFKCCasefoldInstance().normalize(text));
    }
}
