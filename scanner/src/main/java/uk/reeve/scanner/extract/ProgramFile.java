package uk.reeve.scanner.extract;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Set;
import uk.reeve.engine.input.Unreadable;
import uk.reeve.scanner.program.Program;

/// A program or library, known by its first bytes: what Go, cargo-auditable and Windows' version resources tell in it.
/// Files whose names say that they are text, pictures or the like are not opened to look.
final class ProgramFile implements Extractor {

    private static final Set<String> NO_PROGRAMS = Set.of((
            // sources
            "java class kt scala groovy js mjs cjs ts tsx jsx vue css scss less map html htm xhtml jsp php py pyc pyi rb pl pm"
                    + " c h cc cpp hpp cs vb fs go rs swift m el erl ex exs lua r sh bash ps1 psm1 bat cmd sql"
                    // texts and data
                    + " txt md rst adoc tex json jsonl xml xsd xsl xslt yaml yml toml ini cfg conf properties csv tsv"
                    + " po mo pot lock sum mod gradle log diff patch pem crt key asc sig gemspec"
                    // pictures, sounds, fonts, documents
                    + " png jpg jpeg gif svg ico bmp tif tiff webp mp3 mp4 ogg wav ttf otf woff woff2 eot pdf doc docx xls xlsx")
            .split(" "));

    @Override
    public String name() {
        return "program/executable";
    }

    @Override
    public boolean installed() {
        return true;
    }

    @Override
    public boolean wants(ScanPath path, Head head) throws IOException {
        String name = path.fileName();
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1); // a program may well be called `go` or `java`
        try {
            return !NO_PROGRAMS.contains(extension.toLowerCase(Locale.ROOT)) && Program.isProgram(head.text());
        } catch (AccessDeniedException e) {
            return false; // nobody knows that it is one
        }
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        try (SeekableByteChannel bytes = file.channel()) {
            Program program = Program.of(bytes);
            if (program != null) {
                GoProgram.tell(program, out);
                RustProgram.tell(program, out);
                WindowsProgram.tell(program, out);
            }
        }
    }
}
