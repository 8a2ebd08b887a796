package uk.reeve.register.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import gg.jte.Content;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.View;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import uk.reeve.register.Chromium;

/// Each component's HTML against its kept copy and against GOV.UK Frontend's own examples; all of them together in a
/// browser. After a change that is meant, `-Dgolden.write=true` writes the copies anew: read what changed.
@SpringBootTest(
        classes = {PageTest.Site.class, ComponentExamplesTest.Demo.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ComponentExamplesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @RegisterExtension
    static final Chromium CHROMIUM = new Chromium();

    static class Demo {

        @Bean
        PhaseBanner demo() {
            return PhaseBanner.DEMO;
        }
    }

    /// A page of all examples, for a person who is signed in and sent a form that was refused.
    @RestController
    static class Pages {

        private record Priya(String name, String actingFor, List<NavLink> navigation, boolean severalOrganisations)
                implements Viewer {}

        private final TemplateEngine engine;
        private final Frames frames;

        Pages(TemplateEngine engine, Frames frames) {
            this.engine = engine;
            this.frames = frames;
        }

        @GetMapping({"/examples", "/account", "/account/acting-for"})
        View examples() {
            return (model, request, response) -> {
                request.setAttribute(
                        Viewer.class.getName(),
                        new Priya(
                                "Priya Shah",
                                "Westmere Borough Council",
                                List.of(
                                        new NavLink("Examples", "/examples"),
                                        new NavLink("Products", "/products"),
                                        new NavLink("Not there yet", "/not-there-yet")),
                                true));
                Utf8ByteOutput html = new Utf8ByteOutput();
                Frame frame = frames.of(request, true);
                StringOutput form = new StringOutput(); // around all, since browsers ask it of a password's field
                Content all =
                        Examples.html(String.join("\n", Examples.all(engine).values()));
                engine.render("govuk/form.jte", Map.of("frame", frame, "action", "/examples", "content", all), form);
                Map<String, Object> parameters = Map.of(
                        "frame",
                        frame,
                        "title",
                        "Examples",
                        "caption",
                        "Components",
                        "answer",
                        "Every component once, with values as they may be.",
                        "back",
                        new NavLink("Back", "/products"),
                        "content",
                        Examples.html(form.toString()));
                engine.render("layout/page.jte", parameters, html);
                response.setContentType("text/html;charset=UTF-8");
                html.writeTo(response.getOutputStream());
            };
        }
    }

    @Autowired
    TemplateEngine engine;

    @Value("${local.server.port}")
    int port;

    @TestFactory
    Stream<DynamicTest> looks_as_it_was_kept() {
        return Examples.all(engine).entrySet().stream()
                .map(example -> DynamicTest.dynamicTest(example.getKey(), () -> {
                    Path file = GOLDEN.resolve(example.getKey() + ".html");
                    String html = example.getValue().strip() + "\n";
                    if (Boolean.getBoolean("golden.write")) {
                        Files.createDirectories(GOLDEN);
                        Files.writeString(file, html);
                    }
                    assertThat(html).isEqualTo(Files.readString(file));
                }));
    }

    @Test
    void every_component_has_an_example() throws IOException {
        String all = String.join("", Examples.all(engine).keySet());
        try (Stream<Path> templates = Files.list(Path.of("src/main/jte/govuk"))) {
            assertThat(templates.map(file -> file.getFileName().toString().replace(".jte", "")))
                    .allMatch(
                            name -> all.contains(name.equals("notification-banner") ? "banner" : name)
                                    || List.of(
                                                    "cell",
                                                    "row",
                                                    "row-action",
                                                    "date-part",
                                                    "hint",
                                                    "error",
                                                    "form",
                                                    "fieldset")
                                            .contains(name),
                            "has an example, or is a part of one that has");
        }
    }

    @TestFactory
    Stream<DynamicTest> is_what_the_design_system_says() {
        Form refused = new Form()
                .refuse("with-error-hint", "Enter a National Insurance number in the correct format")
                .refuse("with-hint-error", "Error message")
                .refuse("select-2", "Error message goes here")
                .refuse("waste", "Please select an option");
        return Stream.of(
                same("tag", "grey", "tag", Map.of("text", "Grey")),
                same("button", "default", "button", Map.of("text", "Save and continue", "once", false)),
                same(
                        "input",
                        "default",
                        "input",
                        Map.of("form", refused, "name", "test-name", "label", "National Insurance number")),
                same(
                        "textarea",
                        "with hint and error message",
                        "textarea",
                        Map.of(
                                "form",
                                refused,
                                "name",
                                "with-hint-error",
                                "label",
                                "With hint and error",
                                "hint",
                                "Hint")),
                same(
                        "select",
                        "with hint text and error message",
                        "select",
                        Map.of(
                                "form",
                                refused,
                                "name",
                                "select-2",
                                "label",
                                "Label text goes here",
                                "hint",
                                "Hint text goes here",
                                "options",
                                Stream.of("1", "2", "3")
                                        .map(n -> Option.of(n, "GOV.UK frontend option " + n))
                                        .toList())),
                same(
                        "radios",
                        "with hint",
                        "radios",
                        Map.of(
                                "form",
                                refused,
                                "name",
                                "example-with-hint",
                                "legend",
                                "Have you changed your name?",
                                "legendCss",
                                "",
                                "hint",
                                "This includes changing your last name or spelling your name differently.",
                                "options",
                                List.of(Option.of("yes", "Yes"), Option.of("no", "No")))),
                same(
                        "checkboxes",
                        "with error message",
                        "checkboxes",
                        Map.of(
                                "form",
                                refused,
                                "name",
                                "waste",
                                "legendCss",
                                "",
                                "legend",
                                "Which types of waste do you transport regularly?",
                                "options",
                                Stream.of(
                                                Option.of("animal", "Waste from animal carcasses"),
                                                Option.of("mines", "Waste from mines or quarries"),
                                                Option.of("farm", "Farm or agricultural waste"))
                                        .map(o -> o.hint("Nullam id dolor id nibh ultricies vehicula ut id elit."))
                                        .toList())),
                same(
                        "error-summary",
                        "default",
                        "error-summary",
                        Map.of(
                                "form",
                                new Form()
                                        .refuse(
                                                "example-error-1",
                                                "The date your passport was issued must be in the past")
                                        .refuse("example-error-2", "Enter a postcode, like AA1 1AA"))),
                same(
                        "notification-banner",
                        "with type as success",
                        "notification-banner",
                        Map.of("text", "Email sent to example@email.com", "success", true)),
                same(
                        "pagination",
                        "with prev and next only",
                        "pagination",
                        Map.of("previous", "/previous", "next", "/next")),
                same(
                        "breadcrumbs",
                        "default",
                        "breadcrumbs",
                        Map.of(
                                "links",
                                List.of(
                                        new NavLink("Home", "/"),
                                        new NavLink("Section", "/section"),
                                        new NavLink("Sub-section", "/section/sub-section"),
                                        new NavLink("Sub Sub-section", "/section/sub-section/sub-sub-section")))),
                same("back-link", "default", "back-link", Map.of("link", new NavLink("Back", "#"))),
                same(
                        "panel",
                        "default",
                        "panel",
                        Map.of(
                                "title",
                                "Application complete",
                                "content",
                                Examples.html("Your reference number: HDJ2123F"))),
                same(
                        "task-list",
                        "default",
                        "task-list",
                        Map.of(
                                "tasks",
                                List.of(
                                        Task.done("Company Directors", "#"),
                                        Task.open("Registered company details", "#", "Incomplete"),
                                        Task.open("Business plan", "#", "Incomplete")))));
    }

    private DynamicTest same(String component, String example, String template, Map<String, Object> parameters) {
        return DynamicTest.dynamicTest(component + ": " + example, () -> {
            StringOutput output = new StringOutput();
            engine.render("govuk/" + template + ".jte", parameters, output);
            assertThat(plain(output.toString())).isEqualTo(plain(fixture(component, example)));
        });
    }

    private static String fixture(String component, String example) throws IOException {
        String path = "/META-INF/resources/webjars/govuk-frontend/5.14.0/dist/govuk/components/" + component
                + "/fixtures.json";
        try (InputStream in = ComponentExamplesTest.class.getResourceAsStream(path)) {
            for (JsonNode fixture : JsonMapper.shared().readTree(in).get("fixtures")) {
                if (fixture.get("name").asString().equals(example)) {
                    return fixture.get("html").asString();
                }
            }
        }
        throw new AssertionError(component + " has no example \"" + example + "\"");
    }

    /// Tags with their attributes sorted, text without needless blanks: what a browser makes the same page of.
    private static String plain(String html) {
        StringBuilder plain = new StringBuilder();
        for (MatchResult part : Pattern.compile("<(/?[a-z0-9]+)([^>]*)>|[^<]+")
                .matcher(html)
                .results()
                .toList()) {
            if (part.group(1) == null) {
                plain.append(part.group().strip().replaceAll("\\s+", " "));
                continue;
            }
            Map<String, String> attributes = new TreeMap<>();
            Pattern.compile("([a-zA-Z-]+)(?:=\"([^\"]*)\")?")
                    .matcher(part.group(2))
                    .results()
                    .forEach(a -> attributes.put(a.group(1), String.valueOf(a.group(2))));
            plain.append("\n<").append(part.group(1)).append(attributes).append('>');
        }
        return plain.toString();
    }

    @Test
    void a_rule_that_is_broken_is_found() {
        try (BrowserContext context = CHROMIUM.context(true, 1280, 720)) {
            var page = context.newPage();
            page.setContent("<html lang=en><title>T</title><main><h1>H</h1><img src=x><input></main>");
            assertThat(Chromium.broken(page))
                    .satisfiesExactlyInAnyOrder(
                            rule -> assertThat(rule).isEqualTo("image-alt: <img src=\"x\">"),
                            rule -> assertThat(rule).isEqualTo("label: <input>"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/examples", "/", "/nowhere"})
    void no_rule_of_wcag_is_broken(String path) {
        try (BrowserContext context = CHROMIUM.context(true, 1280, 720)) {
            var page = context.newPage();
            List<String> complaints = new ArrayList<>();
            page.onConsoleMessage(message -> complaints.add(message.text()));
            page.onPageError(complaints::add);
            page.navigate("http://localhost:" + port + path);
            page.waitForSelector("body.govuk-frontend-supported");

            assertThat(Chromium.broken(page)).isEmpty();
            Chromium.shoot(page, "wide" + path.replace('/', '-'));
            complaints.removeIf(text -> path.equals("/nowhere") && text.contains("404"));
            assertThat(complaints).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/examples", "/", "/nowhere"})
    void nothing_is_cut_off_at_320_pixels(String path) {
        try (BrowserContext context = CHROMIUM.context(true, 320, 256)) {
            var page = context.newPage();
            page.navigate("http://localhost:" + port + path);
            page.waitForSelector("body.govuk-frontend-supported");

            Chromium.shoot(page, "narrow" + path.replace('/', '-'));
            assertThat(page.evaluate("""
                    () => [...document.querySelectorAll('body *')]
                        .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== 'absolute')
                        .map(e => e.outerHTML.slice(0, 120))""")).isEqualTo(List.of());
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
        }
    }
}
