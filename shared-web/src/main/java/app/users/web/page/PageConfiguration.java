package app.users.web.page;

import app.users.web.route.Owner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The first page of a process; each process with an HTTP port imports it. */
@Configuration(proxyBeanMethods = false)
@Import(FirstPageController.class)
@EnableConfigurationProperties(PageProperties.class)
public class PageConfiguration {

    @Bean
    Owner webPageOwner() {
        return Owner.DOOR;
    }

    @Bean
    FirstPageHtml webFirstPageHtml() {
        return new FirstPageHtml();
    }
}
