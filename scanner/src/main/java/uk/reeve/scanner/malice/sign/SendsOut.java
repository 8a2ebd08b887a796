package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Language;

/// Sends something to an address that stands in the code and is no place of code or documents.
final class SendsOut extends Sign {

    SendsOut() {
        super("sends-out", "sends data to an address of its own", 8, "each client of a service does", "T1041");
    }

    @Override
    public void look(FileText text, Sightings out) {
        boolean read = text.language().isCode() || text.language() == Language.COMPILED || text.isDecoded();
        if (read && text.has(Behaviour.SENDS)) {
            int address = Addresses.firstUnexpected(text);
            out.add(this, text, address >= 0 && text.has(Behaviour.FETCHES) ? address : -1);
        }
    }
}
