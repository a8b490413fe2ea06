package app.users.settings;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.convert.ConversionFailedException;

/** Finds the one sentence in a failed start: which setting is wrong, and what would be right. */
public final class SettingFailure {

    private SettingFailure() {}

    /** Nothing when the failure is about something else. */
    public static Optional<String> sentence(@Nullable Throwable failure) {
        InvalidSetting invalid = find(failure, InvalidSetting.class);
        if (invalid != null) {
            return Optional.ofNullable(invalid.getMessage());
        }
        BindException binding = find(failure, BindException.class);
        return Optional.ofNullable(binding).map(SettingFailure::wrongValue);
    }

    private static String wrongValue(BindException binding) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(binding);
        ConversionFailedException conversion = find(binding, ConversionFailedException.class);
        ConfigurationProperty property = binding.getProperty();
        if (conversion == null || property == null) {
            return binding.getName() + ": " + cause.getMessage();
        }
        Class<?> type = conversion.getTargetType().getType();
        if (type == Key.class) {
            return property.getName() + " " + cause.getMessage();
        }
        return "%s is \"%s\"; it must be %s".formatted(property.getName(), property.getValue(), right(type));
    }

    private static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    private static String right(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant ->
                            constant.toString().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (type == Duration.class) {
            return "a time such as 500ms, 10s, 15m or 2h";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number";
        }
        if (type == URI.class) {
            return "an absolute address such as http://host:8080";
        }
        return "a " + type.getSimpleName();
    }
}
