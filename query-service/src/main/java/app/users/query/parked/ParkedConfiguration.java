package app.users.query.parked;

import app.users.query.rebuild.ViewSets;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators see and do about parked users. */
@Configuration(proxyBeanMethods = false)
public class ParkedConfiguration {

    @Bean
    ParkedEndpoint queryParkedEndpoint(ViewSets sets) {
        return new ParkedEndpoint(sets);
    }

    @Bean
    MeterBinder queryParkedMetrics(ViewSets sets) {
        return meters -> Gauge.builder(
                        "users.views.parked", sets, s -> s.get().users().parked())
                .description("views that are known to be behind the topic; at most 1000")
                .register(meters);
    }
}
