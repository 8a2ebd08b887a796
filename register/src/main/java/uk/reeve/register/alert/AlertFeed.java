package uk.reeve.register.alert;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.atom.Person;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Problem;

/// A person's alerts for a feed reader (RFC 4287), at an address that only they know. Readers keep what they
/// read in the clear: no flaw, no system and no organisation is named (RULINGS 19).
@RestController
class AlertFeed {

    private static final int MOST = 100;

    private final Preferences preferences;
    private final Alerts alerts;
    private final String address;

    AlertFeed(Preferences preferences, Alerts alerts, @Value("${reeve.address:http://localhost:8080}") String address) {
        this.preferences = preferences;
        this.alerts = alerts;
        this.address = address;
    }

    @Allowed(anyone = true)
    @GetMapping("/feeds/{secret}.atom")
    ResponseEntity<byte[]> feed(@PathVariable String secret) throws FeedException {
        Asker.Person reader = preferences.reader(secret).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        List<Alerts.Told> told = Asking.as(reader, () -> alerts.told(MOST));
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "atom+xml", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header("X-Content-Type-Options", "nosniff")
                .body(new WireFeedOutput().outputString(atom(told, reader)).getBytes(StandardCharsets.UTF_8));
    }

    private Feed atom(List<Alerts.Told> told, Asker.Person reader) {
        Feed feed = new Feed("atom_1.0");
        feed.setEncoding("UTF-8");
        feed.setId("urn:uuid:" + reader.person());
        feed.setTitle("Reeve: what we told you");
        feed.setUpdated(
                Date.from(told.isEmpty() ? Instant.EPOCH : told.getFirst().raisedAt()));
        Person author = new Person();
        author.setName("Reeve");
        feed.setAuthors(List.of(author));
        feed.setAlternateLinks(List.of(link(address + "/alerts")));
        feed.setEntries(told.stream().map(this::entry).toList());
        return feed;
    }

    private Entry entry(Alerts.Told told) {
        boolean retracted = told.kind().equals("retracted");
        Entry entry = new Entry();
        entry.setId(address + "/alerts/" + told.ref());
        entry.setTitle(
                retracted
                        ? "Withdrawn: something we told you"
                        : AlertMail.urgency(told.days()) + ": something you run");
        entry.setUpdated(Date.from(told.raisedAt()));
        entry.setPublished(Date.from(told.raisedAt()));
        Content summary = new Content();
        summary.setType("text");
        summary.setValue(retracted ? "Open for what changed." : "Open for systems and fixes.");
        entry.setSummary(summary);
        Category category = new Category();
        category.setTerm(retracted ? "withdrawn" : told.alertClass());
        entry.setCategories(List.of(category));
        entry.setAlternateLinks(List.of(link(address + "/alerts/" + told.ref())));
        return entry;
    }

    private static Link link(String href) {
        Link link = new Link();
        link.setRel("alternate");
        link.setHref(href);
        link.setType("text/html");
        return link;
    }
}
