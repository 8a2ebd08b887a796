package uk.reeve.register.web;

/// A link of a navigation, a breadcrumb trail, a list of forms.
///
/// @param current whether the page shown is this one or lies under it
public record NavLink(String text, String href, boolean current) {

    public NavLink(String text, String href) {
        this(text, href, false);
    }

    /// The same link, current where `path` is its address or below it.
    NavLink on(String path) {
        return new NavLink(text, href, path.equals(href) || path.startsWith(href + "/"));
    }
}
