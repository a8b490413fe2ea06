package app.users.command.user;

import app.users.command.value.Email;
import app.users.command.value.Identifier;
import app.users.command.value.InvalidValue;
import app.users.command.value.Password;
import app.users.command.value.PhoneNumber;
import app.users.command.value.Text;
import app.users.events.Change;
import app.users.events.Profile;
import app.users.events.UserEvent.ProfileChanged;
import app.users.events.UserEvent.UserRegistered;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The fields that a client can send: how each is named, which rule its value follows, and where the profile has it. */
public enum Field {
    SURNAME(Format.REQUIRED, Field.MAX_NAME, Profile::surname),
    NAME(Format.REQUIRED, Field.MAX_NAME, Profile::name),
    PATRONYMIC(Format.OPTIONAL, Field.MAX_NAME, Profile::patronymic),
    ADDRESS(Format.OPTIONAL, Field.MAX_ADDRESS, Profile::address),
    EMAIL(Format.EMAIL, Email.MAX, Profile::email),
    NUMBER(Format.NUMBER, PhoneNumber.MAX, Profile::number),
    PASSWORD(Format.PASSWORD, Password.MAX_BYTES, null),
    EXECUTOR(Format.FLAG, 0, null);

    public static final int MAX_NAME = 150;
    public static final int MAX_ADDRESS = 500;

    /** What a client sends as text, in the order of error messages. */
    public static final List<Field> TEXTS =
            Arrays.stream(values()).filter(field -> field.rule != Format.FLAG).toList();

    /** The self-described part, which {@link ProfileChanged} tells of. */
    static final List<Field> SELF_DESCRIBED = Arrays.stream(values())
            .filter(field -> field.rule == Format.REQUIRED || field.rule == Format.OPTIONAL)
            .toList();

    private enum Format {
        REQUIRED,
        OPTIONAL,
        EMAIL,
        NUMBER,
        PASSWORD,
        FLAG
    }

    private final Format rule;
    private final int max;
    private final @Nullable Function<Profile, String> stored;

    Field(Format rule, int max, @Nullable Function<Profile, String> stored) {
        this.rule = rule;
        this.max = max;
        this.stored = stored;
    }

    public static Optional<Field> named(String json) {
        return Arrays.stream(values())
                .filter(field -> field.json().equals(json))
                .findFirst();
    }

    static Field of(Identifier.Kind kind) {
        return switch (kind) {
            case EMAIL -> EMAIL;
            case NUMBER -> NUMBER;
        };
    }

    /** Of all fields, as clients know them. */
    public static String[] names() {
        return Arrays.stream(values()).map(Field::json).toArray(String[]::new);
    }

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether null, or nothing, empties it. */
    public boolean isOptional() {
        return rule == Format.OPTIONAL;
    }

    /** What the text of a broken rule names, such as the most characters. */
    public Object[] limits(String code) {
        return switch (code) {
            case "too-long", "too-many-bytes" -> new Object[] {max};
            case "too-short" -> new Object[] {Password.MIN};
            default -> new Object[0];
        };
    }

    /**
     * The value as it is kept.
     *
     * @throws InvalidValue with the code of the rule that it breaks
     */
    public String checked(String value) {
        return switch (rule) {
            case REQUIRED -> Text.required(value, max).value();
            case OPTIONAL -> Text.optional(value, max).value();
            case EMAIL -> new Email(value).value();
            case NUMBER -> new PhoneNumber(value).value();
            case PASSWORD -> new Password(value).value();
            case FLAG -> throw new InvalidValue("not-boolean");
        };
    }

    /** The text that the profile has, if it shows one. */
    Optional<String> in(Profile profile) {
        return Optional.ofNullable(stored).map(text -> text.apply(profile));
    }

    /**
     * @param texts a field that is absent is empty
     * @param pending the identifier that another user still has, if there is one
     */
    static UserRegistered registered(
            long user, Map<Field, String> texts, boolean executor, Optional<Identifier.Kind> pending) {
        Function<Field, String> text = field -> texts.getOrDefault(field, "");
        return new UserRegistered(
                user,
                text.apply(SURNAME),
                text.apply(NAME),
                text.apply(PATRONYMIC),
                text.apply(ADDRESS),
                text.apply(EMAIL),
                text.apply(NUMBER),
                executor,
                pending.map(kind -> of(kind).json()).orElse(null));
    }

    /** @param changes of the self-described part */
    static ProfileChanged changed(long user, Map<Field, Change> changes) {
        return new ProfileChanged(
                user, changes.get(SURNAME), changes.get(NAME), changes.get(PATRONYMIC), changes.get(ADDRESS));
    }
}
