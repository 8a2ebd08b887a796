package uk.reeve.scanner.imitations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Java sources of one imitation and their class files, in memory; nothing of them is loaded.
final class Compiled {

    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Set<String> leftOut = new HashSet<>();

    /// `kept`: whether its classes belong to the archive.
    void add(String path, String text, boolean kept) {
        sources.add(new SimpleJavaFileObject(URI.create("memory:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        });
        if (!kept) {
            leftOut.add(path.substring(path.lastIndexOf('/') + 1).replace(".java", ""));
        }
    }

    /// The class files by their paths.
    Map<String, byte[]> classes() throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        Map<String, ByteArrayOutputStream> made = new HashMap<>();
        StringWriter said = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (JavaFileManager files = new InMemory(compiler.getStandardFileManager(null, null, null), made)) {
            List<String> options = List.of("-proc:none", "-Xlint:none", "--release", "11");
            if (!compiler.getTask(said, files, null, options, null, sources).call()) {
                throw new IOException(said.toString());
            }
        }
        Map<String, byte[]> classes = new TreeMap<>();
        made.forEach((name, bytes) -> {
            String simple = name.substring(name.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
            if (!leftOut.contains(simple)) {
                classes.put(name.replace('.', '/') + ".class", bytes.toByteArray());
            }
        });
        return classes;
    }

    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {

        private final Map<String, ByteArrayOutputStream> made;

        InMemory(JavaFileManager files, Map<String, ByteArrayOutputStream> made) {
            super(files);
            this.made = made;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return made.computeIfAbsent(name, _ -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
