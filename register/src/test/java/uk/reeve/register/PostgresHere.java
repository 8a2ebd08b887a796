package uk.reeve.register;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips, loudly, where PostgreSQL cannot run: it refuses root, and some machines do not let root be another user.
public final class PostgresHere implements ExecutionCondition {

    private static final ConditionEvaluationResult ANSWER = ask();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return ANSWER;
    }

    private static ConditionEvaluationResult ask() {
        try {
            Path self = Path.of("/proc/self");
            boolean root =
                    Files.exists(self) && Files.getAttribute(self, "unix:uid").equals(0);
            if (!root || new ProcessBuilder("unshare", "--user", "true").start().waitFor() == 0) {
                return ConditionEvaluationResult.enabled("PostgreSQL can run here");
            }
        } catch (IOException | InterruptedException e) {
            // told below
        }
        String why =
                "SKIPPED: PostgreSQL refuses root, and `unshare --user` does not work here. Build as another user.";
        System.out.println(why);
        return ConditionEvaluationResult.disabled(why);
    }
}
