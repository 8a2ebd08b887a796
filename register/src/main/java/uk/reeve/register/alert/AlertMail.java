package uk.reeve.register.alert;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.web.Words;

/// The words of an alert by mail: subject and body by PAGES 5. Each is also a page.
final class AlertMail {

    private static final int MOST_LINES = 20;
    private static final int MOST_ENTRIES = 100;

    private AlertMail() {}

    record Message(String subject, String body) {}

    /// One alert of several, or a notice, whose heading is all there is.
    ///
    /// @param kind `exposed`, `retracted`, `notice`
    /// @param lines one per system: what it is, and what to do
    record Entry(String kind, int days, String news, String heading, List<String> lines, String link) {

        boolean retracted() {
            return kind.equals("retracted");
        }

        boolean notice() {
            return kind.equals("notice");
        }
    }

    /// `Act now`.
    static String urgency(int days) {
        return switch (days) {
            case 3 -> "Act now";
            case 14 -> "Fix within 14 days";
            case 60 -> "Fix within 60 days";
            default -> "With the next upgrade";
        };
    }

    /// What is new in an alert that was told before; empty for what is told first.
    private static String again(String news) {
        return switch (news) {
            case "rise" -> "More urgent than when you were last told.";
            case "fix" -> "There is a fixed release now.";
            case "statement" -> "The supplier has said something new.";
            case "due" -> "The last day by Cyber Essentials is near or past.";
            default -> "";
        };
    }

    /// @param heading `Log4Shell (CVE-2021-44228)`
    /// @param lines one per system: what it is, and what to do
    /// @param onCall who to ring; null where nobody is named
    /// @param full whether it may tell what is run; else only that there is something to read
    static Message exposed(
            String heading,
            int days,
            String news,
            List<String> lines,
            List<String> reasons,
            String council,
            @Nullable String onCall,
            String link,
            boolean full) {
        if (!full) {
            return new Message(urgency(days) + ": something you run", "Open for systems and fixes.\n\n" + link + "\n");
        }
        StringBuilder body = new StringBuilder();
        body.append(
                lines.size() == 1 ? "You run 1 affected system." : "You run " + lines.size() + " affected systems.");
        body.append('\n');
        if (!again(news).isEmpty()) {
            body.append(again(news)).append('\n');
        }
        systems(body, lines);
        if (!reasons.isEmpty()) {
            body.append("\nWhy: ").append(String.join("; ", reasons)).append(".\n");
        }
        body.append("\nDecide: ").append(link).append('\n');
        if (onCall != null) {
            body.append("\nOn call: ").append(onCall).append('\n');
        }
        body.append("\nSent to those who keep the systems of ").append(council).append(".\n");
        return new Message(urgency(days) + ": " + heading, body.toString());
    }

    private static void systems(StringBuilder body, List<String> lines) {
        lines.stream().limit(MOST_LINES).forEach(line -> body.append(line).append('\n'));
        if (lines.size() > MOST_LINES) {
            body.append("and ").append(lines.size() - MOST_LINES).append(" more\n");
        }
    }

    static Message retracted(String heading, String council, String link, boolean full) {
        if (!full) {
            return new Message("Withdrawn: something we told you", "Open for what changed.\n\n" + link + "\n");
        }
        return new Message(
                "Withdrawn: " + heading,
                "None of your systems is affected any more, by what is known now.\n\nWhy: " + link
                        + "\n\nSent to those who keep the systems of " + council + ".\n");
    }

    /// A summary's last lines.
    static Message stoppable(Message summary, String stop, String choose) {
        return new Message(
                summary.subject(),
                summary.body() + "\nStop these summaries: " + stop + "\nChoose what we tell you: " + choose + "\n");
    }

    /// Several alerts in one mail, the gravest first, what was withdrawn last.
    static Message digest(Instant at, List<Entry> entries, String council, String all, boolean full) {
        long notices = entries.stream().filter(Entry::notice).count();
        long withdrawn = entries.stream().filter(Entry::retracted).count();
        long open = entries.size() - withdrawn - notices;
        String subject = "Summary, " + Words.date(at) + ": "
                + (open > 0 ? "something to decide" : withdrawn > 0 ? "something was withdrawn" : "something to know");
        StringBuilder body = new StringBuilder();
        if (open > 0) {
            body.append(Words.count(open, "flaw")).append(" in what you run to decide on.\n");
        }
        if (withdrawn > 0) {
            body.append(Words.count(withdrawn, "alert")).append(" withdrawn.\n");
        }
        if (notices > 0) {
            body.append(Words.count(notices, "notice")).append(".\n");
        }
        if (!full) {
            return new Message(
                    subject,
                    body.append("\nOpen for systems and fixes.\n\n")
                            .append(all)
                            .append('\n')
                            .toString());
        }
        for (Entry entry : entries.subList(0, Math.min(entries.size(), MOST_ENTRIES))) {
            body.append('\n')
                    .append(entry.notice() ? "" : entry.retracted() ? "Withdrawn: " : urgency(entry.days()) + ": ")
                    .append(entry.heading())
                    .append('\n');
            if (!again(entry.news()).isEmpty()) {
                body.append(again(entry.news())).append('\n');
            }
            systems(body, entry.lines());
            body.append(entry.link()).append('\n');
        }
        if (entries.size() > MOST_ENTRIES) {
            body.append("\nand ").append(entries.size() - MOST_ENTRIES).append(" more\n");
        }
        body.append("\nAll alerts: ")
                .append(all)
                .append("\n\nSent to those who keep the systems of ")
                .append(council)
                .append(".\n");
        return new Message(subject, body.toString());
    }
}
