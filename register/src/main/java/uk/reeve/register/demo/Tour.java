package uk.reeve.register.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Routes;

/// The guided tour: what to see, as whom, and where. A step whose page there is not is left out.
@Component
@OnlyInDemo
public class Tour {

    /// @param as whom to be for it; a key of [Part]
    /// @param path the page to look at
    /// @param button says what pressing leads to
    /// @param file to save first; null where none is needed
    public record Step(
            String title,
            String as,
            String path,
            String button,
            List<String> what,
            @Nullable NavLink file) {

        Step(String title, String as, String path, String button, List<String> what) {
            this(title, as, path, button, what, null);
        }

        public Part part() {
            return Part.of(as);
        }
    }

    private static final List<Step> ALL = List.of(
            new Step(
                    "Add three systems",
                    "priya",
                    "/systems/new",
                    "Be Priya and add systems",
                    List.of(
                            "A council starts by saying what it runs. Paste these three lines:",
                            "Larkfield Rates 3.1\nMillrace Repairs 3.0\nPendlecroft Waste 5.0",
                            "Each line is matched with a release that its supplier published. What is in that release is"
                                    + " known already, so what is known to be wrong with it shows at once.")),
            new Step(
                    "Start the morning",
                    "priya",
                    "/demo",
                    "Be Priya and go to the button",
                    List.of(
                            "Press \"Start the morning\". Log4Shell is published, as on 10 December 2021, and the"
                                    + " register finds out by itself who runs a release that holds it.",
                            "Those councils are told within seconds. The others hear nothing: for them it is no"
                                    + " news.")),
            new Step(
                    "Decide",
                    "priya",
                    "/exposures/CVE-2021-44228",
                    "Be Priya and look at Log4Shell",
                    List.of(
                            "Westmere runs Larkfield Revenues 8.2 on the internet. The page says why it is affected, by"
                                    + " which way Log4j comes in, and which release to move to. Decide what to do, and"
                                    + " by when.",
                            "Then publish the three that followed: the release that was right an hour ago is not"
                                    + " enough any more.")),
            new Step(
                    "See the sector",
                    "kit",
                    "/sector",
                    "Be Kit and see the sector",
                    List.of("The coordinator sees how many councils are affected and how far they are, and no"
                            + " council's systems.")),
            new Step(
                    "Upload and compare",
                    "sam",
                    "/products/larkfield-revenues/releases/8.4/sboms/new",
                    "Be Sam and upload an SBOM",
                    List.of(
                            "A supplier uploads an SBOM once, for all its customers. Save this newer one of Larkfield"
                                    + " Revenues 8.4, or take any in CycloneDX or SPDX, and upload it.",
                            "What is in it shows at once; the release's page tells what changed since the last one."),
                    new NavLink("Save the SBOM", "/demo/larkfield-revenues-8.4.cdx.json")),
            new Step(
                    "Reset",
                    "priya",
                    "/demo",
                    "Go to the demo page",
                    List.of("\"Reset the demo\" puts everything back to the evening before, also what you added.")));

    private final Routes routes;

    Tour(Routes routes) {
        this.routes = routes;
    }

    List<Step> steps() {
        return ALL.stream().filter(step -> routes.exist(step.path())).toList();
    }
}
