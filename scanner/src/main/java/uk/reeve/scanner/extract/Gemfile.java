package uk.reeve.scanner.extract;

import java.io.IOException;
import uk.reeve.engine.input.Unreadable;

/// A `Gemfile` (or `gems.rb`) where no lock file stands beside it: what it asks for has no version yet.
final class Gemfile implements Extractor {

    @Override
    public String name() {
        return "gem/gemfile";
    }

    @Override
    public boolean wants(ScanPath path, Head head) {
        String name = path.fileName();
        return name.equals("Gemfile") || name.equals("gems.rb");
    }

    @Override
    public void extract(ScanFile file, Sink out) throws IOException, Unreadable {
        String lock = file.path().fileName().equals("gems.rb") ? "gems.locked" : "Gemfile.lock";
        if (file.neighbour(lock) != null) {
            return;
        }
        for (GemfileReader.Gem gem : GemfileReader.read(file)) {
            if (gem.fetched()) {
                out.unlocked(gem.line(), "RubyGems", gem.name(), gem.wanted(), gem.scope());
            }
        }
    }
}
