package app.users.events;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** What the comments in the sources say of each record and each of its components, so that it is written down once. */
final class EventComments {

    private static final Path SOURCES = Path.of("src/main/java/app/users/events");

    private final Map<String, String> said = new HashMap<>();

    static EventComments read() throws IOException {
        EventComments comments = new EventComments();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    files,
                    null,
                    List.of(),
                    null,
                    files.getJavaFileObjects(
                            SOURCES.resolve("UserEvent.java"),
                            SOURCES.resolve("SecurityEvent.java"),
                            SOURCES.resolve("MailState.java"),
                            SOURCES.resolve("Change.java")));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                comments.read(unit, docs);
            }
        }
        return comments;
    }

    private void read(CompilationUnitTree unit, DocTrees docs) {
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void unused) {
                DocCommentTree comment = docs.getDocCommentTree(new TreePath(getCurrentPath(), type).getParentPath());
                if (comment != null) {
                    String name = type.getSimpleName().toString();
                    said.put(name, text(comment.getFullBody()));
                    for (DocTree tag : comment.getBlockTags()) {
                        if (tag instanceof ParamTree param) {
                            said.put(name + "." + param.getName(), text(param.getDescription()));
                        }
                    }
                }
                return super.visitClass(type, unused);
            }
        }.scan(unit, null);
    }

    private static String text(List<? extends DocTree> parts) {
        return parts.stream()
                .map(Object::toString)
                .collect(Collectors.joining())
                .replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link [^}#]*?([\\w]+)?(#(\\w+)(\\(\\))?)?}", "`$1$3`")
                .replaceAll("\\s+", " ")
                .strip();
    }

    String of(Class<?> type) {
        return said.getOrDefault(type.getSimpleName(), "");
    }

    String of(Class<?> type, String component) {
        return said.getOrDefault(type.getSimpleName() + "." + component, "");
    }
}
