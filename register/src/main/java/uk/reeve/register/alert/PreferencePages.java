package uk.reeve.register.alert;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.web.Confirm;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Option;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.Row;
import uk.reeve.register.web.SeeOther;
import uk.reeve.register.web.Words;

@Controller
public class PreferencePages {

    private static final String PATH = "/account/alerts";
    private static final int EARLIEST = 6;
    private static final int LATEST = 18;

    private final Preferences preferences;
    private final AlertDelivery delivery;
    private final String address;

    PreferencePages(
            Preferences preferences,
            AlertDelivery delivery,
            @Value("${reeve.address:http://localhost:8080}") String address) {
        this.preferences = preferences;
        this.delivery = delivery;
        this.address = address;
    }

    /// A class of alerts as a question.
    ///
    /// @param field `instant`, `same_day`, `daily`, `weekly`
    /// @param what what belongs to it
    public record Question(String field, String legend, String what, List<Option> options) {}

    /// @param fresh the address of the feed just made, shown this once
    /// @param mail whether any leaves this register
    public record Model(
            List<Question> questions,
            List<Option> hours,
            Preferences.Mailbox mailbox,
            List<Preferences.Feed> feeds,
            @Nullable String fresh,
            boolean mail,
            Form form) {

        public String answer() {
            return mail
                    ? "We write to " + mailbox.email() + "."
                    : "No mail leaves this register. Alerts stand on its pages, in your feed and at webhooks.";
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(PATH)
    Page show() {
        Preferences.Preference mine = preferences.mine();
        Form form = Form.of(Map.of())
                .with("instant", mine.instant())
                .with("same-day", mine.sameDay())
                .with("daily", mine.daily())
                .with("weekly", mine.weekly())
                .with("hour", Integer.toString(mine.digestHour()))
                .with("detail", mine.detail())
                .with("phone", mine.onCallPhone());
        return page(null, form);
    }

    private Page page(@Nullable String fresh, Form form) {
        Map<String, Integer> week = preferences.lastWeek();
        List<Question> questions = List.of(
                question(
                        AlertClass.INSTANT,
                        "Flaws to act on now: malicious packages, attacks on what faces the internet, ransomware on a service of criticality 1.",
                        week,
                        Option.of("now", "At once, at any hour"),
                        Option.of("none", "Not by mail")
                                .hint("If nobody at your organisation wants them, all who keep its systems get them")),
                question(
                        AlertClass.SAME_DAY,
                        "Flaws to mend within 14 days, likely attacks, the last 3 days by Cyber Essentials.",
                        week,
                        Option.of("now", "At once"),
                        Option.of("digest", "In one mail at 4pm, on working days"),
                        Option.of("none", "Not by mail")),
                question(
                        AlertClass.DAILY,
                        "High and critical flaws that have a fix, and what suppliers say.",
                        week,
                        Option.of("now", "At once"),
                        Option.of("digest", "In one mail a day, on working days"),
                        Option.of("none", "Not by mail")),
                question(
                        AlertClass.WEEKLY,
                        "Everything else that affects you.",
                        week,
                        Option.of("digest", "In one mail on Monday, or the first working day after it"),
                        Option.of("none", "Not by mail")));
        List<Option> hours = IntStream.rangeClosed(EARLIEST, LATEST)
                .mapToObj(hour -> Option.of(
                        Integer.toString(hour), hour == 12 ? "midday" : hour < 12 ? hour + "am" : (hour - 12) + "pm"))
                .toList();
        return Page.of(
                "alert/preferences",
                new Model(questions, hours, preferences.mailbox(), preferences.feeds(), fresh, delivery.on(), form));
    }

    private static Question question(AlertClass of, String what, Map<String, Integer> week, Option... options) {
        int count = week.getOrDefault(of.key(), 0);
        return new Question(
                of.key(), of.words(), what + " In the last 7 days: " + Words.count(count) + ".", List.of(options));
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @PostMapping(PATH)
    View save(Form form) {
        chosen(form, "instant", Set.of("now", "none"));
        chosen(form, "same-day", Set.of("now", "digest", "none"));
        chosen(form, "daily", Set.of("now", "digest", "none"));
        chosen(form, "weekly", Set.of("digest", "none"));
        chosen(form, "detail", Set.of("full", "neutral"));
        if (!form.value("hour").matches("[6-9]|1[0-8]")) {
            form.refuse("hour", "Choose an hour");
        }
        String phone = form.text("phone");
        if (!phone.isEmpty() && !phone.matches("\\+?[0-9 ()-]{5,29}")) {
            form.refuse("phone", "Enter a telephone number, like 01632 960 001 or +44 7700 900 982");
        }
        if (form.refused()) {
            return page(null, form);
        }
        preferences.save(new Preferences.Preference(
                form.value("instant"),
                form.value("same-day"),
                form.value("daily"),
                form.value("weekly"),
                Integer.parseInt(form.value("hour")),
                form.value("detail"),
                phone.isEmpty() ? null : phone));
        return SeeOther.to(PATH).saying("Saved. It holds from the next alert on");
    }

    private static void chosen(Form form, String field, Set<String> values) {
        if (!values.contains(form.value(field))) {
            form.refuse(field, "Choose one");
        }
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @PostMapping(PATH + "/feeds")
    Page newFeed() {
        String fresh = address + "/feeds/" + preferences.newFeed() + ".atom";
        Page page = show();
        Model model = (Model) java.util.Objects.requireNonNull(page.model());
        return Page.of(
                "alert/preferences",
                new Model(
                        model.questions(),
                        model.hours(),
                        model.mailbox(),
                        model.feeds(),
                        fresh,
                        model.mail(),
                        model.form()));
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @GetMapping(PATH + "/feeds/{id}/revocation")
    Page revocation(@PathVariable UUID id) {
        Preferences.Feed feed = preferences.feeds().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.NOT_FOUND.because(""));
        return new Confirm(
                        "Revoke this feed's address?",
                        "Whatever reads it finds nothing there any more. A new one has another address.",
                        List.of(
                                Row.of("Made", Words.date(feed.madeAt())),
                                Row.of(
                                        "Last read",
                                        feed.lastUsedAt() == null ? "Never" : Words.date(feed.lastUsedAt()))),
                        new NavLink("Back to what we tell you", PATH),
                        "Revoke the address",
                        PATH + "/feeds/" + id + "/revocation")
                .page();
    }

    @Allowed(to = Asker.Kind.COUNCIL)
    @PostMapping(PATH + "/feeds/{id}/revocation")
    View revoke(@PathVariable UUID id) {
        if (!preferences.revoke(id)) {
            throw Problem.NOT_FOUND.because("");
        }
        return SeeOther.to(PATH).saying("The feed's address does not work any more");
    }
}
