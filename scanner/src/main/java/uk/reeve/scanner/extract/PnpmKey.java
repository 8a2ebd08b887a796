package uk.reeve.scanner.extract;

import org.jspecify.annotations.Nullable;

/// The key of a package in `pnpm-lock.yaml`.
final class PnpmKey {

    private PnpmKey() {}

    /// Name and version, without the peers; null where the key has another shape.
    static String @Nullable [] split(String key) {
        int bracket = key.indexOf('(');
        String plain = bracket < 0 ? key : key.substring(0, bracket);
        boolean slash = plain.startsWith("/");
        String text = slash ? plain.substring(1) : plain;
        String[] parts = Npm.split(text);
        boolean old = slash && (parts == null || isOld(text));
        if (!old) {
            return parts;
        }
        int end = text.indexOf('/', text.startsWith("@") ? text.indexOf('/') + 1 : 0);
        if (end < 0) {
            return null;
        }
        int peers = text.indexOf('_', end);
        return new String[] {text.substring(0, end), text.substring(end + 1, peers < 0 ? text.length() : peers)};
    }

    // /name/1.0.0_peer@2.0.0 has a slash before its first at sign, that of a scope aside.
    private static boolean isOld(String text) {
        int from = text.startsWith("@") ? text.indexOf('/') + 1 : 0;
        int slash = text.indexOf('/', from);
        return slash > 0 && slash < text.indexOf('@', Math.max(1, from));
    }
}
