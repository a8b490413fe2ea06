package app.users.web;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

/** All sentences that clients read, in the language of the current request: Russian if asked for, else English. */
public final class Texts {

    /** English first: it is what everybody gets who asks for neither. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("ru"));

    private final ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();

    public Texts() {
        bundle.setBasename("users-messages");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        bundle.setDefaultLocale(Locale.ENGLISH);
    }

    /** The language of the current request, one of ours, as IETF tag: for what is sent later because of it. */
    public static String language() {
        String asked = LocaleContextHolder.getLocale().getLanguage();
        return LANGUAGES.stream()
                .map(Locale::toLanguageTag)
                .filter(asked::equals)
                .findFirst()
                .orElse(LANGUAGES.getFirst().toLanguageTag());
    }

    /** The text of this key; a key without text answers itself, so that a forgotten text never hides an answer. */
    public String get(String key, Object... args) {
        return in(LocaleContextHolder.getLocale(), key, args);
    }

    /** What is wrong with the field, as a sentence. */
    public String of(FieldError error) {
        return get("field." + error.code(), error.args().toArray());
    }

    String in(Locale locale, String key, Object... args) {
        return Objects.requireNonNullElse(bundle.getMessage(key, args, key, locale), key);
    }
}
