package uk.reeve.register.web;

import java.util.List;

/// The yellow line above each page of an installation that is not the real thing. Where a bean of this type exists,
/// it is shown.
public record PhaseBanner(String tag, String text, List<NavLink> links) {

    public static final PhaseBanner DEMO = new PhaseBanner(
            "Demo",
            "Demo: real advisories, components and support dates; invented councils, suppliers and systems",
            List.of());
}
