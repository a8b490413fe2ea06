package app.users.standalone;

import app.users.command.idempotency.Attempt;
import app.users.web.token.Caller;
import io.swagger.v3.core.converter.ModelConverter;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.utils.SpringDocUtils;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.objenesis.SpringObjenesis;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What springdoc reads in the controllers of all services.
 *
 * @param document without the rules of the door
 * @param operations the handler by operation id
 * @param records the record by the name of its schema
 */
record ApiSource(ObjectNode document, Map<String, Method> operations, Map<String, Class<?>> records) {

    /** Only the controllers' types count, so they get none of their collaborators, and no server has to start. */
    static ApiSource read() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, Attempt.class);
        Map<String, Method> operations = new LinkedHashMap<>();
        Map<String, Class<?>> records = new TreeMap<>();
        byte[][] json = new byte[1][];
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        JacksonAutoConfiguration.class,
                        HttpMessageConvertersAutoConfiguration.class,
                        WebMvcAutoConfiguration.class,
                        SpringDocConfiguration.class,
                        SpringDocConfigProperties.class,
                        SpringDocWebMvcConfiguration.class))
                .withPropertyValues("springdoc.override-with-generic-response=false")
                .withInitializer(ApiSource::addControllers)
                .withBean(ModelConverter.class, () -> new RecordNames(records))
                .withBean(GlobalOperationCustomizer.class, () -> (operation, handler) -> {
                    if (operations.put(operation.getOperationId(), handler.getMethod()) != null) {
                        throw new IllegalStateException("two operations are called " + operation.getOperationId());
                    }
                    return operation;
                })
                .run(context -> json[0] = context.getBean(OpenApiWebMvcResource.class)
                        .openapiJson(new MockHttpServletRequest(), "", Locale.ENGLISH));
        return new ApiSource((ObjectNode) new JsonMapper().readTree(json[0]), operations, records);
    }

    private static void addControllers(ConfigurableApplicationContext context) {
        SpringObjenesis objenesis = new SpringObjenesis();
        controllers()
                .forEach(controller -> ((BeanDefinitionRegistry) context)
                        .registerBeanDefinition(controller.getName(), definition(controller, objenesis)));
    }

    private static <T> RootBeanDefinition definition(Class<T> controller, SpringObjenesis objenesis) {
        return new RootBeanDefinition(controller, () -> objenesis.newInstance(controller));
    }

    private static Stream<Class<?>> controllers() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return Stream.of("app.users.web", "app.users.command", "app.users.query")
                .flatMap(service -> scanner.findCandidateComponents(service).stream())
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null));
    }
}
