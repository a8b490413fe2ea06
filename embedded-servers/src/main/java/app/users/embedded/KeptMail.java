package app.users.embedded;

import jakarta.mail.internet.MimeMessage;

/** A mail that arrived, for whom, and the name of its file. */
record KeptMail(String file, String to, MimeMessage message) {}
