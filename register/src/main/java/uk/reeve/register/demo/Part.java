package uk.reeve.register.demo;

import java.util.List;
import uk.reeve.register.web.Problem;

/// A person to look as: who they are, and what they are here for.
///
/// @param key as the button sends it
public record Part(String key, String name, String organisation, String what) {

    String email() {
        return DemoData.email(name, organisation);
    }

    static Part of(String key) {
        return ALL.stream()
                .filter(part -> part.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
    }

    /// One of each role, and a council that nothing happens to.
    public static final List<Part> ALL = List.of(
            new Part("priya", "Priya Shah", "westmere", "keeps the systems of Westmere Borough Council, and decides"),
            new Part("tom", "Tom Ashby", "westmere", "reads at Westmere what others decide"),
            new Part("una", "Una Orchard", "ottermouth", "keeps the systems of Ottermouth City Council"),
            new Part(
                    "rhona", "Rhona Lowther", "lowmarsh", "keeps the systems of Lowmarsh, which runs nothing affected"),
            new Part(
                    "sam",
                    "Sam Larch",
                    "larkfield",
                    "publishes the products and SBOMs of Larkfield Systems, a supplier"),
            new Part("kit", "Kit Moran", "sector-desk", "coordinates the sector: counts, and no council's systems"),
            new Part("rae", "Rae Linden", "rae-linden", "finds flaws and reports them"),
            new Part("uma", "Uma Field", "holmgate-assurance", "assesses products and says what was seen"),
            new Part("orla", "Orla Hart", "sector-frameworks", "runs a procurement framework"),
            new Part("ada", "Ada Wren", "reeve-demo", "runs this installation"));
}
