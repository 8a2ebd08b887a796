package uk.reeve.register.alert;

import java.util.List;

/// The words of an alert by mail: subject and body by PAGES 5. Each is also a page.
final class AlertMail {

    private AlertMail() {}

    /// @param full whether the address lies in the council's own domains; else only that there is something to read
    record Message(String subject, String body) {}

    /// @param heading `Log4Shell (CVE-2021-44228)`
    /// @param lines one per system: what it is, and what to do
    static Message exposed(
            String heading,
            int days,
            List<String> lines,
            List<String> reasons,
            String council,
            String link,
            boolean full) {
        String urgency =
                switch (days) {
                    case 3 -> "Act now";
                    case 14 -> "Fix within 14 days";
                    case 60 -> "Fix within 60 days";
                    default -> "With the next upgrade";
                };
        if (!full) {
            return new Message(urgency + ": something you run", "Open for systems and fixes.\n\n" + link + "\n");
        }
        StringBuilder body = new StringBuilder();
        body.append(
                lines.size() == 1 ? "You run 1 affected system." : "You run " + lines.size() + " affected systems.");
        body.append('\n');
        lines.stream().limit(20).forEach(line -> body.append(line).append('\n'));
        if (lines.size() > 20) {
            body.append("and ").append(lines.size() - 20).append(" more\n");
        }
        if (!reasons.isEmpty()) {
            body.append("\nWhy: ").append(String.join("; ", reasons)).append(".\n");
        }
        body.append("\nDecide: ")
                .append(link)
                .append("\n\nSent to those who keep the systems of ")
                .append(council)
                .append(".\n");
        return new Message(urgency + ": " + heading, body.toString());
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
}
