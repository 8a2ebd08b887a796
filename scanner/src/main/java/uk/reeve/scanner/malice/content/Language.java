package uk.reeve.scanner.malice.content;

import java.util.Locale;

/// What a file is written in, by its name; a script without extension by its first line.
public enum Language {
    JAVASCRIPT,
    PYTHON,
    RUBY,
    PHP,
    SHELL,
    POWERSHELL,
    BATCH,
    RUST,
    GO,
    JAVA,
    CSHARP,
    C,
    /// Build files that may run commands: MSBuild, Maven, Make, gyp.
    BUILD,
    /// Compiled for a virtual machine: class files, .NET assemblies, Python's byte code. Read as the texts in it.
    COMPILED,
    /// Compiled for a processor.
    NATIVE,
    DATA,
    PROSE;

    /// Whether a person wrote instructions in it.
    public boolean isCode() {
        return compareTo(COMPILED) < 0;
    }

    static Language of(String path, String head) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.endsWith(".d.ts") || name.endsWith(".d.mts") || name.endsWith(".d.cts")) {
            return PROSE;
        }
        int dot = name.lastIndexOf('.');
        return switch (dot < 0 ? "" : name.substring(dot + 1)) {
            case "js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx" -> JAVASCRIPT;
            case "py", "pyw", "pth" -> PYTHON;
            case "rb", "gemspec", "rake" -> RUBY;
            case "php", "inc", "phtml" -> PHP;
            case "sh", "bash", "zsh" -> SHELL;
            case "ps1", "psm1" -> POWERSHELL;
            case "bat", "cmd", "vbs" -> BATCH;
            case "rs" -> RUST;
            case "go" -> GO;
            case "java", "kt", "groovy", "scala" -> JAVA;
            case "cs", "vb", "fs" -> CSHARP;
            case "c", "h", "cc", "cpp", "m4", "ac" -> C;
            case "targets", "props", "csproj", "gyp", "gypi", "mk", "gradle", "kts", "am", "in" -> BUILD;
            case "class", "pyc" -> COMPILED;
            case "dll" -> head.contains("\0\0#Strings") || head.contains("BSJB") ? COMPILED : NATIVE;
            case "exe", "so", "dylib", "node", "bin" -> NATIVE;
            case "md", "markdown", "rst", "txt", "adoc", "html", "htm", "css", "map", "svg" -> PROSE;
            case "xml" -> name.equals("pom.xml") || name.equals("build.xml") ? BUILD : DATA;
            default -> other(name, head);
        };
    }

    private static Language other(String name, String head) {
        if (name.equals("rakefile") || name.equals("gemfile")) {
            return RUBY;
        }
        if (name.startsWith("makefile") || name.equals("configure")) {
            return BUILD;
        }
        if (head.startsWith("#!")) {
            String first = head.substring(0, Math.min(120, head.length())).split("\n", 2)[0];
            return ofInterpreter(first);
        }
        return isProgram(head) ? NATIVE : DATA;
    }

    /// @param told a command, or a first line, that names an interpreter
    static Language ofInterpreter(String told) {
        return told.contains("python")
                ? PYTHON
                : told.matches(".*\\b(?:node|bun|deno)\\b.*")
                        ? JAVASCRIPT
                        : told.contains("ruby") ? RUBY : told.contains("php") ? PHP : SHELL;
    }

    /// Whether a file that begins so is a program for a processor: ELF, PE, Mach-O.
    public static boolean isProgram(String head) {
        return head.startsWith("\u007fELF")
                || (head.startsWith("MZ") && head.length() > 64)
                || head.startsWith("\u00cf\u00fa\u00ed\u00fe")
                || head.startsWith("\u00ce\u00fa\u00ed\u00fe");
    }
}
