package app.users.command.user;

/** Printable text, trimmed: no control characters and none that turn the reading direction around. */
record Text(String value) {

    static Text required(String value, int max) {
        Text text = optional(value, max);
        if (text.value.isEmpty()) {
            throw new InvalidValue("blank");
        }
        return text;
    }

    /** @param max in Unicode code points */
    static Text optional(String value, int max) {
        Text text = new Text(value.strip());
        if (text.value.codePointCount(0, text.value.length()) > max) {
            throw new InvalidValue("too-long");
        }
        return text;
    }

    Text {
        if (!value.codePoints().allMatch(Text::isPrintable)) {
            throw new InvalidValue("unprintable");
        }
    }

    private static boolean isPrintable(int c) {
        boolean turnsDirection = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F;
        return !turnsDirection
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }
}
