package app.users.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code docs/api.md} as tests read it. Whatever stands outside of headings, tables, examples and quoted notes is a
 * sentence.
 */
record ApiPage(List<String> sentences, Map<String, List<Row>> tables, List<Example> examples) {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("docs/api.md");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])\\s+(?=[A-Z`])");

    /** @param cells by the head of their column, without code marks */
    record Row(Map<String, String> cells) {

        String cell(String head) {
            String cell = cells.get(head);
            if (cell == null) {
                throw new IllegalArgumentException("no column " + head + " in " + cells);
            }
            return cell;
        }

        @Override
        public String toString() {
            return String.join(" | ", cells.values());
        }
    }

    /** A request and its answer, as the page prints them. */
    record Example(String request, String answer) {

        static Example of(String text) {
            String[] halves = text.split("(?m)^(?=HTTP/1\\.1 )", 2);
            return new Example(halves[0].strip(), halves[1].strip());
        }

        /** The first line of the request. */
        @Override
        public String toString() {
            return request.lines().findFirst().orElse("");
        }
    }

    static ApiPage read() {
        try {
            Reader reader = new Reader();
            Files.readAllLines(PAGE).forEach(reader::read);
            return reader.page();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Row> table(String heading) {
        List<Row> rows = tables.get(heading);
        if (rows == null) {
            throw new IllegalArgumentException("no table under " + heading + " but under " + tables.keySet());
        }
        return rows;
    }

    /** Goes through the page line by line. */
    private static final class Reader {

        private final ApiPage page = new ApiPage(new ArrayList<>(), new LinkedHashMap<>(), new ArrayList<>());
        private final StringBuilder paragraph = new StringBuilder();
        private final StringBuilder example = new StringBuilder();
        private final List<String> heads = new ArrayList<>();
        private String heading = "";
        private boolean inExample;

        void read(String line) {
            if (line.startsWith("```")) {
                endExample();
                inExample = !inExample;
            } else if (inExample) {
                example.append(line).append('\n');
            } else if (line.startsWith("|")) {
                readRow(cells(line));
            } else if (line.isBlank() || line.startsWith("#") || line.startsWith(">")) {
                endParagraph();
                heads.clear();
                heading = line.startsWith("#") ? line.replaceFirst("#+ ", "") : heading;
            } else {
                paragraph.append(line.strip()).append(' ');
            }
        }

        private void readRow(List<String> cells) {
            if (heads.isEmpty()) {
                heads.addAll(cells);
            } else if (!cells.getFirst().startsWith("---")) {
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < heads.size(); i++) {
                    row.put(heads.get(i), cells.get(i));
                }
                page.tables.computeIfAbsent(heading, h -> new ArrayList<>()).add(new Row(row));
            }
        }

        private static List<String> cells(String line) {
            return Arrays.stream(line.substring(1).split("\\|"))
                    .map(cell -> cell.replace("`", "").strip())
                    .toList();
        }

        private void endParagraph() {
            if (!paragraph.isEmpty()) {
                page.sentences.addAll(
                        List.of(SENTENCE_END.split(paragraph.toString().strip())));
                paragraph.setLength(0);
            }
        }

        private void endExample() {
            if (inExample) {
                page.examples.add(Example.of(example.toString()));
                example.setLength(0);
            }
        }

        ApiPage page() {
            endParagraph();
            return page;
        }
    }
}
