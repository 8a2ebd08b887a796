package uk.reeve.engine.version;

/// The versions in nginx's security advisories: `0.7.52-0.8.39`, `1.5.0+, 1.4.1+`, `0.9.10`, `all`. With a plus, a
/// stable branch (even second number) ends where the next begins; the main line has no end. Source: nginx,
/// "Security advisories".
final class NginxNotation {

    private NginxNotation() {}

    static void read(String text, NativeRange range) throws BadRange, BadVersion {
        for (String part : text.split(",", -1)) {
            String version = part.strip();
            int hyphen = version.indexOf('-');
            if (version.equals("all")) {
                range.add(Span.ALL);
            } else if (hyphen > 0) {
                range.add(new Span(
                        version.substring(0, hyphen).strip(),
                        true,
                        version.substring(hyphen + 1).strip(),
                        true));
            } else if (version.endsWith("+")) {
                range.add(branch(version.substring(0, version.length() - 1), range));
            } else {
                range.add(Span.only(version));
            }
        }
    }

    private static Span branch(String version, NativeRange range) throws BadRange {
        String[] numbers = version.split("\\.", -1);
        if (numbers.length < 2
                || numbers[1].isEmpty()
                || numbers[1].length() > 9
                || Digits.end(numbers[1], 0) < numbers[1].length()) {
            throw range.bad("is no range of nginx: \"" + version + "\" names no branch");
        }
        int branch = Integer.parseInt(numbers[1]);
        return branch % 2 == 1
                ? Span.from(version, true)
                : Span.between(version, numbers[0] + "." + (branch + 1) + ".0");
    }
}
