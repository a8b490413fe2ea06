package app.users.command.value;

/** Printable text, trimmed: no control characters, none that cannot be seen or that turn the reading direction around. */
public record Text(String value) {

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    public static Text required(String value, int max) {
        Text text = optional(value, max);
        if (text.value.isEmpty()) {
            throw new InvalidValue("blank");
        }
        return text;
    }

    /** @param max in Unicode code points */
    public static Text optional(String value, int max) {
        Text text = new Text(trimmed(value));
        if (text.value.codePointCount(0, text.value.length()) > max) {
            throw new InvalidValue("too-long");
        }
        return text;
    }

    public Text {
        if (!value.codePoints().allMatch(Text::isPrintable)) {
            throw new InvalidValue("unprintable");
        }
    }

    /** Without blanks of any kind at its ends, and without joiners there, where they join nothing. */
    static String trimmed(String value) {
        int[] codePoints = value.codePoints().toArray();
        int from = 0;
        int to = codePoints.length;
        while (from < to && isBlank(codePoints[from])) {
            from++;
        }
        while (to > from && isBlank(codePoints[to - 1])) {
            to--;
        }
        return new String(codePoints, from, to - from);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || isJoiner(c);
    }

    /** Scripts such as Persian and Hindi need them, and so do emoji. */
    private static boolean isJoiner(int c) {
        return c == NON_JOINER || c == JOINER;
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.FORMAT -> isJoiner(c);
            default -> true;
        };
    }
}
