package app.users.web.body;

import static org.assertj.core.api.Assertions.assertThat;

import app.users.web.problem.Problems;
import app.users.web.problem.Texts;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import tools.jackson.databind.json.JsonMapper;

class BodyFilterTest {

    /** Always sends a little more, never soon, never late enough for the connector to notice. */
    private static final class Trickle extends ServletInputStream {

        @Override
        public int read() {
            LockSupport.parkNanos(1_000_000);
            return ' ';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            target[offset] = (byte) read();
            return 1;
        }

        @Override
        public boolean isFinished() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException();
        }
    }

    @Test
    void aBodyThatArrivesBitByBitIsNotWaitedForForEver() throws ServletException, IOException {
        AcceptHeaderLocaleResolver languages = new AcceptHeaderLocaleResolver();
        languages.setSupportedLocales(List.of());
        Problems problems = new Problems(JsonMapper.builder().build(), new Texts(), languages);
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/users/auth/token") {
            @Override
            public ServletInputStream getInputStream() {
                return new Trickle();
            }
        };
        request.addHeader("Transfer-Encoding", "chunked");
        MockHttpServletResponse response = new MockHttpServletResponse();
        MockFilterChain chain = new MockFilterChain();

        new BodyFilter(problems, Duration.ofMillis(50)).doFilter(request, response, chain);

        assertThat(response.getStatus()).isEqualTo(408);
        assertThat(response.getHeader("Connection")).isEqualTo("close");
        assertThat(chain.getRequest()).isNull();
    }
}
