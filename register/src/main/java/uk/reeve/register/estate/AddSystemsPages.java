package uk.reeve.register.estate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class AddSystemsPages {

    private static final int LONGEST = 100_000;
    private static final ZoneId UK = ZoneId.of("Europe/London");

    private final Adding adding;
    private final Systems systems;
    private final Outlook outlook;
    private final Clock clock;

    AddSystemsPages(Adding adding, Systems systems, Outlook outlook, Clock clock) {
        this.adding = adding;
        this.systems = systems;
        this.outlook = outlook;
        this.clock = clock;
    }

    /// What was found for a list.
    ///
    /// @param sure the rows of which nothing needs to be asked
    /// @param asked the others
    public record CheckModel(Adding.Check check, List<Guess> sure, List<Guess> asked, Form form) {

        public String answer() {
            int all = check.guesses().size();
            long matched = check.guesses().stream()
                    .filter(guess -> guess.certainty() != Guess.Certainty.NONE)
                    .count();
            return matched + " of " + Words.count(all, "row") + " matched. Nothing is saved until you add them.";
        }

        public List<Option> options(Guess guess) {
            return guess.choices().stream()
                    .map(choice -> {
                        Option option = Option.of(choice.value(), choice.text());
                        return choice.hint() == null ? option : option.hint(choice.hint());
                    })
                    .toList();
        }

        public List<String> leftOut() {
            return check.pasted().refused().entrySet().stream()
                    .map(refused -> refused.getKey().words(refused.getValue()))
                    .toList();
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/systems/new")
    Page ask(
            @RequestParam(required = false) @Nullable String draft,
            @RequestParam(required = false) @Nullable String product,
            @RequestParam(required = false) @Nullable String release) {
        String list = draft != null
                ? adding.draft(Pasted.clean(draft)).orElse("")
                : product == null
                        ? ""
                        : adding.line(Pasted.clean(product), release == null ? "" : Pasted.clean(release));
        return Page.of("estate/new", new Form().with("list", list));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/systems/new")
    View match(Form form, @RequestParam(required = false) @Nullable MultipartFile file) throws IOException {
        byte[] sent = file == null ? new byte[0] : file.getInputStream().readNBytes(LONGEST + 1);
        String field = sent.length > 0 ? "file" : "list";
        if (sent.length > LONGEST) {
            return Page.of("estate/new", form.refuse("file", "The selected file must be smaller than 100 kB"));
        }
        if (sent.length > 1 && sent[0] == 'P' && sent[1] == 'K') {
            return Page.of(
                    "estate/new",
                    form.refuse("file", "The selected file must be a CSV: save the sheet as CSV and choose that file"));
        }
        String list = (sent.length > 0 ? text(sent) : form.value("list")).replace("\u0000", "");
        Pasted pasted = list.length() > LONGEST ? new Pasted(List.of(), Map.of(), null) : Pasted.of(list);
        if (list.isBlank()) {
            form.refuse("list", "Paste at least one system, or choose a CSV file");
        } else if (list.length() > LONGEST) {
            form.refuse(field, "The list must be shorter than 100,000 characters. Add it in parts");
        } else if (pasted.lines().size() > Pasted.MOST) {
            form.refuse(
                    field,
                    "Add at most " + Pasted.MOST + " systems at once. This list has "
                            + pasted.lines().size());
        } else if (pasted.lines().isEmpty()) {
            form.refuse(field, "No row of this list names a system. Begin each row with the system's name");
        }
        return form.refused() ? Page.of("estate/new", form) : SeeOther.to("/systems/new/" + adding.begin(list));
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @GetMapping("/systems/new/{draft}")
    Page check(@PathVariable String draft) {
        Adding.Check check = adding.check(draft).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        Form form = new Form();
        check.guesses().forEach(guess -> form.with(guess.field(), guess.chosen()));
        return page(check, form);
    }

    @Allowed(to = Asker.Kind.COUNCIL, role = Asker.Role.EDITOR)
    @PostMapping("/systems/new/{draft}")
    View add(@PathVariable String draft, Form form) {
        Adding.Check check = adding.check(draft).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        Map<Integer, String> chosen = new HashMap<>();
        for (Guess guess : check.guesses()) {
            String value = form.value(guess.field());
            if (guess.choice(value).isEmpty()) {
                form.refuse(
                        guess.field(),
                        "Row " + guess.line().row() + ": choose what “"
                                + guess.line().written() + "” is, or skip it");
            }
            chosen.put(guess.line().row(), value);
        }
        if (form.refused()) {
            return page(check, form);
        }
        List<String> added = adding.add(draft, chosen);
        if (added == null) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to("/today").saying(told(added));
    }

    private static Page page(Adding.Check check, Form form) {
        List<Guess> sure = new ArrayList<>();
        List<Guess> asked = new ArrayList<>();
        for (Guess guess : check.guesses()) {
            boolean settled =
                    guess.certainty() == Guess.Certainty.SURE && !guess.listed() && form.error(guess.field()) == null;
            (settled ? sure : asked).add(guess);
        }
        return Page.of("estate/check", new CheckModel(check, sure, asked, form));
    }

    /// "10 systems added. 14 known flaws, 2 to act on now. Nothing can be said of 3 yet: their releases have no SBOM."
    private String told(List<String> refs) {
        List<Systems.Row> rows = systems.these(refs);
        Outlook.Found found = outlook.found(rows.stream().map(Systems.Row::id).toList());
        LocalDate today = LocalDate.ofInstant(clock.instant(), UK);
        long ended = rows.stream()
                .filter(row -> row.supportOver()
                        || (row.supportEndsOn() != null && row.supportEndsOn().isBefore(today)))
                .count();
        long blind = rows.stream().filter(row -> !row.checkable()).count();
        StringBuilder told = new StringBuilder(Words.count(rows.size(), "system") + " added.");
        if (found.flaws() > 0) {
            told.append(' ').append(Words.count(found.flaws(), "known flaw"));
            told.append(found.actNow() == 0 ? ", none to act on now." : ", " + found.actNow() + " to act on now.");
        } else if (blind < rows.size()) {
            told.append(" No known flaw in what could be checked.");
        }
        if (ended > 0) {
            told.append(" Support has ended for ")
                    .append(Words.count(ended, "system"))
                    .append('.');
        }
        if (blind > 0) {
            told.append(" Flaws cannot be checked for ")
                    .append(Words.count(blind, "system"))
                    .append(" yet: no SBOM.");
        }
        return told.toString();
    }

    /// As spreadsheets write it: UTF-8, else the usual code page of Windows.
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }
}
