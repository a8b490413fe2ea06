package app.users.web.proxy;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client's address behind trusted proxies. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TrustedProxiesProperties.class)
public class ProxyConfiguration {

    @Bean
    FilterRegistrationBean<TrustedProxies> webTrustedProxies(TrustedProxiesProperties properties) {
        return RequestFilters.registered(new TrustedProxies(properties), RequestOrder.TRUSTED_PROXIES);
    }
}
