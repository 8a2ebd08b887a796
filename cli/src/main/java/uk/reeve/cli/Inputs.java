package uk.reeve.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The paths that a command is given.
final class Inputs {

    private Inputs() {}

    /// The paths, each of which is there; `-` stays what it is.
    static List<Path> of(List<String> words, Environment environment) throws Refused {
        List<Path> paths = new ArrayList<>(words.size());
        for (String word : words) {
            if (word.equals("-")) {
                paths.add(Path.of("-"));
                continue;
            }
            Path path = environment.path(word);
            if (!Files.exists(path) && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw Refused.usage(Shown.text(word) + ": there is no such file or folder");
            }
            paths.add(path);
        }
        return paths;
    }

    /// Why a file could not be read or written, in plain words.
    static String why(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        String message = e.getMessage();
        return message == null ? "unknown reason" : Shown.text(message);
    }
}
