package app.users.web.body;

import app.users.web.problem.Problems;
import app.users.web.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the whole body into memory and refuses all but JSON in well-formed UTF-8 of at most 64 KiB. So a slow client holds no
 * transaction and, in the gateway, no connection to a service.
 */
final class BodyFilter extends OncePerRequestFilter {

    static final int BYTES = 64 * 1024;

    private static final byte[] TOO_LARGE = new byte[BYTES + 1];

    private final Problems problems;
    private final Duration patience;

    /** @param patience timeout for the whole body */
    BodyFilter(Problems problems, Duration patience) {
        this.problems = problems;
        this.patience = patience;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() == 0
                || (request.getContentLengthLong() < 0 && request.getHeader("Transfer-Encoding") == null)) {
            chain.doFilter(request, response);
            return;
        }
        byte[] body;
        try {
            body = request.getContentLengthLong() > BYTES ? TOO_LARGE : read(request.getInputStream());
        } catch (SocketTimeoutException e) {
            Refusal slow = Refusal.of(HttpStatus.REQUEST_TIMEOUT).header("Connection", "close");
            problems.write(request, response, slow);
            return;
        } catch (IOException e) {
            // the body is cut off or its chunks are malformed: the start of the next request is unknown
            Refusal broken = Refusal.of(HttpStatus.BAD_REQUEST).header("Connection", "close");
            problems.write(request, response, broken);
            return;
        }
        Optional<Refusal> refusal = refusal(request, body);
        if (refusal.isPresent()) {
            problems.write(request, response, refusal.get());
        } else {
            RequestBytes.keep(request, body);
            chain.doFilter(new BufferedRequest(request, body), response);
        }
    }

    /** Tomcat's timeout is for each read; this one is for all reads together. */
    private byte[] read(InputStream in) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] piece = new byte[8 * 1024];
        for (int n = 0; n >= 0 && body.size() <= BYTES; n = in.read(piece)) {
            body.write(piece, 0, n);
            if (System.nanoTime() > deadline) {
                throw new SocketTimeoutException("the body takes longer than " + patience);
            }
        }
        return body.toByteArray();
    }

    private Optional<Refusal> refusal(HttpServletRequest request, byte[] body) {
        if (body.length > BYTES) {
            // closing is cheaper than reading the rest
            return Optional.of(Refusal.of(HttpStatus.CONTENT_TOO_LARGE).header("Connection", "close"));
        }
        if (body.length > 0 && !json(request.getContentType())) {
            return Optional.of(
                    Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE).header("Accept", MediaType.APPLICATION_JSON_VALUE));
        }
        if (!plain(Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING)))) {
            return Optional.of(
                    Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE).header(HttpHeaders.ACCEPT_ENCODING, "identity"));
        }
        return JsonText.fault(body)
                .map(fault -> Refusal.malformed(
                        fault.line(), fault.column(), new DefaultMessageSourceResolvable(fault.what())));
    }

    /** Compressed bodies are refused: a small body could expand to a huge one. */
    private static boolean plain(List<String> encodings) {
        return encodings.stream().allMatch(encoding -> encoding.isBlank() || encoding.equalsIgnoreCase("identity"));
    }

    private static boolean json(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        try {
            MediaType type = MediaType.parseMediaType(contentType);
            return MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                    && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }
}
