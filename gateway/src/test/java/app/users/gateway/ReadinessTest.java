package app.users.gateway;

import static app.users.gateway.Client.bearer;
import static app.users.gateway.GatewayTest.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        classes = GatewayApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "spring.config.name=web,gateway")
@DirtiesContext
class ReadinessTest {

    @DynamicPropertySource
    static void service(DynamicPropertyRegistry registry) throws IOException {
        registry.add("users.gateway.query", new Service()::origin);
    }

    @Test
    void passesNothingOnUntilItIsComplete(
            @LocalServerPort int port, @Autowired ConfigurableApplicationContext context) {
        Client client = new Client(port);
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        HttpResponse<String> early = client.send("GET", "/users/user", "Authorization", bearer(1));
        problem(early, 503, "starting");
        assertThat(early.headers().firstValue("Retry-After")).contains("1");
        AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
        assertThat(client.send("GET", "/users/user", "Authorization", bearer(1)).statusCode())
                .isEqualTo(200);
    }
}
