package uk.reeve.engine.input;

/// Names and passwords within addresses. Lock files and SBOMs carry them unseen, and a report is sent on.
public final class Credentials {

    private Credentials() {}

    /// The text without what stands before the `@` of an address (RFC 3986, 3.2.1) and without an address's query,
    /// where tokens stand; the same object where there is nothing of the kind.
    public static String without(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return text;
        }
        int host = scheme + 3;
        int end = host;
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        int at = text.lastIndexOf('@', end - 1);
        String plain = at >= host ? text.substring(0, host) + text.substring(at + 1) : text;
        int query = plain.indexOf('?', host);
        if (query < 0) {
            return plain;
        }
        int fragment = plain.indexOf('#', query);
        return plain.substring(0, query) + (fragment < 0 ? "" : plain.substring(fragment));
    }

    /// A sentence without what stands before the `@` of each address in it.
    public static String withoutNames(String sentence) {
        String plain = sentence;
        int scheme = plain.indexOf("://");
        while (scheme >= 0) {
            int host = scheme + 3;
            int end = host;
            while (end < plain.length() && "/?#&\" ".indexOf(plain.charAt(end)) < 0) {
                end++;
            }
            int at = plain.lastIndexOf('@', end - 1);
            plain = at >= host ? plain.substring(0, host) + plain.substring(at + 1) : plain;
            scheme = plain.indexOf("://", host);
        }
        return plain;
    }
}
