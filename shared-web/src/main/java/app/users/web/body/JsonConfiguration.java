package app.users.web.body;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.time.Instant;
import java.util.TimeZone;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** JSON as clients write and read it. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    @Bean
    JsonFactoryBuilderCustomizer webJsonLimits() {
        return builder -> builder.streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(32)
                .maxNameLength(128)
                .maxNumberLength(32)
                .maxStringLength(8192)
                .maxDocumentLength(BodyFilter.BYTES)
                .build());
    }

    /** Always writes milliseconds, even if they are zero: many clients parse one pattern only. */
    @Bean
    JsonMapperBuilderCustomizer webTimes() {
        JsonFormat.Value millis =
                JsonFormat.Value.forPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withTimeZone(TimeZone.getTimeZone("UTC"));
        return builder -> builder.withConfigOverride(Instant.class, instant -> instant.setFormat(millis));
    }

    /** RFC 8259, except for trailing commas and numbers such as {@code 000000}, which the contract prints. */
    @Bean
    JsonMapperBuilderCustomizer webStrictJson() {
        return builder -> builder.enable(
                        JsonReadFeature.ALLOW_TRAILING_COMMA, JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
    }
}
