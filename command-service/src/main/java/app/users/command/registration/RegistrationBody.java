package app.users.command.registration;

import app.users.command.user.Field;
import app.users.command.value.Email;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The body of {@code auth/registration/} as the API describes it. */
record RegistrationBody(
        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "Petrova")
        String surname,

        @Schema(minLength = 1, maxLength = Field.MAX_NAME, example = "Anna")
        String name,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_NAME,
                example = "Ivanovna")
        @Nullable
        String patronymic,

        @Schema(
                types = {"string", "null"},
                maxLength = Field.MAX_ADDRESS,
                example = "1 Main Street")
        @Nullable
        String address,

        @Schema(
                maxLength = Email.MAX,
                format = "idn-email",
                example = "anna@example.org",
                description = "Compared without case. The domain may be international.")
        String email,

        @Schema(
                maxLength = PhoneNumber.MAX,
                example = "+79161234567",
                description = "With + and country code, in any notation.")
        String number,

        @Schema(
                minLength = Password.MIN,
                maxLength = Password.MAX_BYTES,
                format = "password",
                example = "blue kettle 47",
                description =
                        "None of the most common ones, not blank, and neither email, number, a name nor the address.")
        String password,

        @Schema(
                types = {"boolean", "null"},
                description = "Whether the list of executors shows this user.")
        @Nullable
        Boolean executor) {

    /** The profile as it was taken, without the password. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Registered(
            @Schema(example = "Petrova") String surname,
            @Schema(example = "Anna") String name,
            @Schema(example = "Ivanovna") String patronymic,
            @Schema(example = "1 Main Street") String address,
            @Schema(example = "anna@example.org") String email,
            @Schema(example = "+79161234567") String number,
            @Nullable Boolean executor) {

        static Registered of(Map<Field, String> texts, @Nullable Boolean executor) {
            Function<Field, String> text = field -> texts.getOrDefault(field, "");
            return new Registered(
                    text.apply(Field.SURNAME),
                    text.apply(Field.NAME),
                    text.apply(Field.PATRONYMIC),
                    text.apply(Field.ADDRESS),
                    text.apply(Field.EMAIL),
                    text.apply(Field.NUMBER),
                    executor);
        }
    }
}
