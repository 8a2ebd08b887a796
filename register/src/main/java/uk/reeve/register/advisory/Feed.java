package uk.reeve.register.advisory;

/// Feeds of their own, beside the bulk of advisories, each from an address or a file.
enum Feed {
    KEV("Known exploited (KEV)", 50_000_000),
    EPSS("Exploit prediction (EPSS)", 200_000_000),
    CVE("CVE records, with CISA's facts", 4_000_000_000L);

    private final String title;
    private final long most;

    Feed(String title, long most) {
        this.title = title;
        this.most = most;
    }

    String title() {
        return title;
    }

    /// In bytes.
    long most() {
        return most;
    }
}
