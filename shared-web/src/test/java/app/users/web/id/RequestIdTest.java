package app.users.web.id;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import jakarta.servlet.ServletException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class RequestIdTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void isOneForTheWholeRequestAndNeverTheClients() {
        request.addHeader("X-Request-Id", "order-17");
        String id = RequestId.of(request);
        assertThat(id).matches("[0-9a-f-]{36}");
        assertThat(RequestId.of(request)).isEqualTo(id);
    }

    @Test
    void theLogNamesBoth() {
        assertThat(RequestId.logged(request)).isEqualTo(RequestId.of(request));
        request.addHeader("X-Request-Id", "order-17");
        assertThat(RequestId.logged(request)).isEqualTo(RequestId.of(request) + ", client's id order-17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a\r\nb",
                "\u0416",
                "a;b",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void aMalformedIdOfTheClientIsIgnored(String own) {
        request.addHeader("X-Request-Id", own);
        assertThat(RequestId.ofClient(request)).isEmpty();
        assertThat(RequestId.logged(request)).isEqualTo(RequestId.of(request));
    }

    @Test
    void inDebugTheLogAssignsTheClientsIdToTheServers() throws ServletException, IOException {
        Logger log = (Logger) LoggerFactory.getLogger(RequestIdFilter.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        log.setLevel(Level.DEBUG);
        try {
            request.addHeader("X-Request-Id", "order-17");
            new RequestIdFilter().doFilter(request, new MockHttpServletResponse(), new MockFilterChain());
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("request " + RequestId.of(request) + " is order-17 of the client");
    }
}
