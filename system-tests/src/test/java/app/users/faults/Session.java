package app.users.faults;

import app.users.system.AccessToken;
import app.users.system.Answer;
import tools.jackson.databind.json.JsonMapper;

/** The tokens of one session. */
record Session(String access, String refresh) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Session of(Answer answer) {
        return new Session(answer.text("access"), answer.text("refresh"));
    }

    /** The body of a sign-in. */
    static String credentials(String login, String password) {
        return JSON.createObjectNode()
                .put(login.startsWith("+") ? "number" : "email", login)
                .put("password", password)
                .toString();
    }

    /** The body of a refresh. */
    String refreshing() {
        return JSON.createObjectNode().put("refresh", refresh).toString();
    }

    /** The id of the user who has signed in. */
    long user() {
        return AccessToken.of(access).claims().required("sub").asLong();
    }
}
