import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection, kept alive as long as the server likes, as little work as can be: the generator shares its cores with what it measures. */
final class Connection implements Closeable {

    record Answer(int status, String body) {

        /** The text or number of a field; there is no nesting in what is read here. */
        String field(String name) {
            int value = body.indexOf("\"" + name + "\":") + name.length() + 3;
            boolean text = body.charAt(value) == '"';
            int start = text ? value + 1 : value;
            int end = start;
            while (text ? body.charAt(end) != '"' : ",}".indexOf(body.charAt(end)) < 0) {
                end++;
            }
            return body.substring(start, end);
        }
    }

    private final URI base;
    private final String from;
    private Socket socket = new Socket();
    private InputStream in = InputStream.nullInputStream();
    private boolean ended;

    Connection(URI base) throws IOException {
        this(base, "");
    }

    /** @param from the address of the client, or empty; on Linux a client at any 127.x.y.z reaches a server at 127.0.0.1 */
    Connection(URI base, String from) throws IOException {
        this.base = base;
        this.from = from;
        connect();
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        if (!from.isEmpty()) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), 5_000);
        in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        ended = false;
    }

    /** @param access token, or empty @param body JSON, or empty */
    Answer send(String method, String path, String access, String body) throws IOException {
        if (ended) {
            close();
            connect();
        }
        StringBuilder request = new StringBuilder(512)
                .append(method).append(' ').append(path).append(" HTTP/1.1\r\n")
                .append("Host: ").append(base.getAuthority()).append("\r\n");
        if (!access.isEmpty()) {
            request.append("Authorization: Bearer ").append(access).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Type: application/json\r\n");
        }
        if (!method.equals("GET")) {
            request.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
        }
        request.append("\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        return read();
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        int length = 0;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.contains("chunked");
            } else if (lower.startsWith("connection:")) {
                ended = lower.contains("close");
            }
        }
        byte[] body = chunked ? chunks() : in.readNBytes(length);
        return new Answer(status, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
