package app.users.web.problem;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

/** All texts for clients, in the language of the current request: Russian if requested, otherwise English. */
public final class Texts {

    /** The first is the default. */
    public static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.of("ru"));

    private final ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();

    public Texts() {
        bundle.setBasename("users-messages");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        bundle.setDefaultLocale(Locale.ENGLISH);
    }

    /** The language of the current request as IETF tag, one of {@link #LANGUAGES}: for mails that the request causes later. */
    public static String language() {
        String asked = LocaleContextHolder.getLocale().getLanguage();
        return LANGUAGES.stream()
                .map(Locale::toLanguageTag)
                .filter(asked::equals)
                .findFirst()
                .orElse(LANGUAGES.getFirst().toLanguageTag());
    }

    /** The text of this key, or the key itself if the text is missing. */
    public String get(String key, Object... args) {
        return in(LocaleContextHolder.getLocale(), key, args);
    }

    /** The fault of the field as a sentence. */
    public String of(FieldError error) {
        return get("field." + error.code(), error.args().toArray());
    }

    String in(Locale locale, String key, Object... args) {
        return Objects.requireNonNullElse(bundle.getMessage(key, args, key, locale), key);
    }
}
