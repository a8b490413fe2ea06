package app.users.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back for a request. */
public record Answer(String request, int status, HttpHeaders headers, String body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Answer expect(int expected) {
        assertThat(status).as("%s answered %s", request, body).isEqualTo(expected);
        return this;
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }

    /** The bad fields that a problem names, each as {@code field:code}. */
    Set<String> errors() {
        Set<String> errors = new TreeSet<>();
        json().path("errors")
                .forEach(e -> errors.add(e.required("field").stringValue() + ":"
                        + e.required("code").stringValue()));
        return errors;
    }

    /** Whether the system says that its views do not have all yet. */
    public boolean isBehind() {
        return header("Warning").startsWith("110 ") || status == 503 && body.contains("not-yet-visible");
    }

    /** The end of the problem's type. */
    public String problem() {
        return text("type").replace("urn:users:problem:", "");
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    public String text(String member) {
        return json().required(member).stringValue();
    }
}
