package app.users.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.core.annotation.AnnotationUtils;

/** Looks at every {@link Key} in every settings record of the process: it must be random and serve one purpose. */
final class ProductionKeys implements BeanPostProcessor {

    private final Map<Key, String> seen = new LinkedHashMap<>();

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof Record settings) {
            ConfigurationProperties annotation =
                    AnnotationUtils.findAnnotation(bean.getClass(), ConfigurationProperties.class);
            if (annotation != null) {
                check(annotation.prefix(), settings);
            }
        }
        return bean;
    }

    private void check(String prefix, Record settings) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            String property = prefix + "." + DataObjectPropertyName.toDashedForm(component.getName());
            checkValue(property, value(settings, component));
        }
    }

    private void checkValue(String property, @Nullable Object value) {
        switch (value) {
            case Key key -> check(property, key);
            case Record nested -> check(property, nested);
            case Collection<?> several -> several.forEach(one -> checkValue(property, one));
            case null, default -> {}
        }
    }

    private void check(String property, Key key) {
        if (key.isWeak()) {
            throw new InvalidSetting(
                    property, "could be guessed; with users.mode=production set it to random bytes of your own");
        }
        // two records may hold the same setting, but two settings not the same key
        String other = seen.putIfAbsent(key, property);
        if (other != null && !other.equals(property)) {
            throw new InvalidSetting(
                    property, "is the same key as " + other + "; with users.mode=production each needs its own");
        }
    }

    private static @Nullable Object value(Record settings, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(settings);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
