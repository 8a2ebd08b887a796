package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Takes data out of a picture or sound and runs or starts something with it.
final class ReadsPicture extends Sign {

    private static final Trait READS = Trait.of(
            "(?:readfile\\w{0,4}|open|file_get_contents|createreadstream|wave\\.open|image\\.open|imread|os\\.readfile|binread|fetch|get|urlopen)\\s?\\([^\\n]{0,120}\\.(?:png|jpe?g|gif|bmp|wav|mp3|ico|svg)\\b|getpixel|\\blsb\\.(?:reveal|hide)|stegano|getimagedata",
            ".png",
            ".jp",
            ".gif",
            ".bmp",
            ".wav",
            ".mp3",
            ".ico",
            ".svg",
            "getpixel",
            "lsb.",
            "stegano",
            "getimagedata");

    ReadsPicture() {
        super(
                "reads-picture",
                "takes data out of a picture and runs text",
                40,
                "libraries for pictures read them and run nothing",
                "T1027.003",
                "T1140");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            int at = text.near(READS, Behaviour.EVALUATES, 1_500);
            out.add(this, text, at >= 0 ? at : text.near(READS, Behaviour.SPAWNS, 800));
        }
    }
}
