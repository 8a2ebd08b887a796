package uk.reeve.scanner.extract;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file's name tells of a JAR: `NAME-VERSION.jar` or `NAME-VERSION-CLASSIFIER.jar`. A name may hold numbers
/// (`log4j-1.2-api-2.14.1`) and a version words (`31.1-jre`, `4.1.54.Final`).
record JarName(String name, String version) {

    private static final int LONGEST = 255; // what a file system takes

    private static final String WORD =
            "final|release|ga|snapshot|incubating|jre|android|pr|sp|rc|cr|m|b|beta|alpha|ea|preview|patch|build|r|v|redhat|atlassian|java|jdk|hadoop|empty";
    private static final Pattern VERSION = Pattern.compile(
            "v?\\d+(?:[._]\\d+)*(?:[.+_-]?(?i:" + WORD + ")(?![a-zA-Z])(?:[._-]?\\d+)*|[-.]\\d+|[a-z](?![a-z]))*");
    private static final Pattern CLASSIFIER = Pattern.compile("(?:-[a-zA-Z][\\w.-]*)?");

    /// Null where no version can be told from the name.
    static @Nullable JarName of(String fileName) {
        if (fileName.length() > LONGEST) {
            return null;
        }
        String base = fileName.substring(0, Math.max(0, fileName.lastIndexOf('.')));
        for (int dash = base.indexOf('-'); dash > 0; dash = base.indexOf('-', dash + 1)) {
            Matcher version = VERSION.matcher(base).region(dash + 1, base.length());
            if (version.lookingAt()
                    && CLASSIFIER
                            .matcher(base)
                            .region(version.end(), base.length())
                            .matches()
                    && !isFollowedByAnother(base, version.end())) {
                return new JarName(base.substring(0, dash), version.group());
            }
        }
        return null;
    }

    // `1.2` of log4j-1.2-api-2.14.1 belongs to the name
    private static boolean isFollowedByAnother(String base, int end) {
        return base.substring(end).matches("-[a-zA-Z].*-\\d+\\..*");
    }
}
