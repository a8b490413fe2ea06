package app.users.web.http;

import app.users.web.order.RequestFilters;
import app.users.web.order.RequestOrder;
import app.users.web.problem.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tomcat's settings, and the checks of a request head that are the same for all paths. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    @Bean
    FilterRegistrationBean<HeaderLimitFilter> webHeaderLimitFilter(Problems problems) {
        return RequestFilters.registered(new HeaderLimitFilter(problems), RequestOrder.HEADER_LIMIT);
    }

    @Bean
    AnyTagAdvice webAnyTagAdvice() {
        return new AnyTagAdvice();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> webTomcatCustomizer(ObjectProvider<Problems> problems) {
        return factory -> {
            factory.setProtocol(HttpProtocol.class.getName());
            factory.addContextCustomizers(context -> answerByValve(context, problems::getObject));
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("rejectIllegalHeader", "true");
                // further languages are ignored
                connector.setMaxLocaleCount(100);
                // 100 Continue is sent when the body is read: a refused client keeps its body
                connector.setProperty("continueResponseTiming", "onRead");
                // the table of paths refuses TRACE with the same 405 as any other wrong method
                connector.setAllowTrace(true);
            });
        };
    }

    /** Replaces the error pages and Tomcat's own valve, which would answer in HTML. */
    private static void answerByValve(Context context, Supplier<Problems> problems) {
        List.of(context.findErrorPages()).forEach(context::removeErrorPage);
        StandardHost host = (StandardHost) context.getParent();
        Arrays.stream(host.getPipeline().getValves())
                .filter(ErrorReportValve.class::isInstance)
                .forEach(host.getPipeline()::removeValve);
        host.getPipeline().addValve(new ProblemValve(problems));
        // the host adds its own valve unless a valve of this class is present
        host.setErrorReportValveClass(ProblemValve.class.getName());
    }
}
