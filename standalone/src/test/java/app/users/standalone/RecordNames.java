package app.users.standalone;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes which record each schema was made of. */
final class RecordNames implements ModelConverter {

    private final Map<String, Class<?>> records;

    RecordNames(Map<String, Class<?>> records) {
        this.records = records;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && raw.isRecord()) {
            String ref = schema.get$ref();
            String name = ref == null ? schema.getName() : ref.substring(ref.lastIndexOf('/') + 1);
            Class<?> other = name == null ? null : records.put(name, raw);
            if (other != null && !components(other).equals(components(raw))) {
                throw new IllegalStateException("two schemas are called " + name + ": " + other + " and " + raw);
            }
        }
        return schema;
    }

    private static String components(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .map(c -> c.getName() + " " + c.getGenericType())
                .toList()
                .toString();
    }
}
