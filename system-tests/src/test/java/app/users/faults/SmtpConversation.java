package app.users.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection of a mail sender, in as much SMTP as it needs. */
final class SmtpConversation {

    /** Decides about a mail: the answer, or an empty text to close the connection without one. */
    interface Recipient {
        String take(String to, String content) throws IOException;
    }

    private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:<([^>]*)>.*");

    private final Socket client;
    private final BufferedReader in;

    SmtpConversation(Socket client) throws IOException {
        this.client = client;
        in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    /** Reads until the sender gives up. */
    void hang() throws IOException {
        String line = in.readLine();
        while (line != null) {
            line = in.readLine();
        }
    }

    void serve(Recipient recipient) throws IOException {
        answer("220 faults");
        String to = "";
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Matcher address = RECIPIENT.matcher(line);
            if (line.equalsIgnoreCase("QUIT")) {
                answer("221 bye");
                return;
            } else if (line.equalsIgnoreCase("DATA")) {
                answer("354 go on");
                String answer = recipient.take(to, content());
                if (answer.isEmpty()) {
                    return;
                }
                answer(answer);
            } else {
                to = address.matches() ? address.group(1) : to;
                answer("250 OK");
            }
        }
    }

    private String content() throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                throw new IOException("cut off");
            }
            content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        }
        return content.toString();
    }

    private void answer(String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        client.getOutputStream().flush();
    }
}
