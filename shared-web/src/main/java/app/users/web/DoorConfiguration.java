package app.users.web;

import app.users.web.body.BodyConfiguration;
import app.users.web.cors.CorsFilterConfiguration;
import app.users.web.http.HttpConfiguration;
import app.users.web.id.RequestIdConfiguration;
import app.users.web.problem.ProblemConfiguration;
import app.users.web.proxy.ProxyConfiguration;
import app.users.web.route.RouteConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The request checks that are the same for every caller: limits, paths, strict JSON, problem answers. The gateway has only these. */
@Configuration(proxyBeanMethods = false)
@Import({
    RequestIdConfiguration.class,
    HttpConfiguration.class,
    ProxyConfiguration.class,
    CorsFilterConfiguration.class,
    RouteConfiguration.class,
    BodyConfiguration.class,
    ProblemConfiguration.class
})
public class DoorConfiguration {}
