package uk.reeve.register.demo;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import uk.reeve.register.audience.Allowed;
import uk.reeve.register.organisation.Entrance;
import uk.reeve.register.organisation.People;
import uk.reeve.register.web.NavLink;
import uk.reeve.register.web.Page;
import uk.reeve.register.web.PhaseBanner;
import uk.reeve.register.web.Problem;
import uk.reeve.register.web.SeeOther;

@Controller
@OnlyInDemo
public class DemoPages {

    private final People people;
    private final Entrance entrance;
    private final Stage stage;
    private final DemoData data;
    private final Tour tour;

    DemoPages(People people, Entrance entrance, Stage stage, DemoData data, Tour tour) {
        this.people = people;
        this.entrance = entrance;
        this.stage = stage;
        this.data = data;
        this.tour = tour;
    }

    @Configuration(proxyBeanMethods = false)
    @OnlyInDemo
    static class Banner {

        @Bean
        PhaseBanner demoBanner() {
            return new PhaseBanner(
                    PhaseBanner.DEMO.tag(),
                    PhaseBanner.DEMO.text(),
                    List.of(new NavLink("Look as someone else", "/demo"), new NavLink("Tour", "/tour")));
        }
    }

    /// @param step from 1
    public record StepModel(Tour.Step step, int number, int steps) {}

    /// Loads itself again while the morning is under way.
    @Allowed(anyone = true)
    @GetMapping("/demo")
    Page demo(HttpServletResponse response) {
        Stage.State state = stage.state();
        if (state.waiting() > 0) {
            response.setHeader("Refresh", "1");
        }
        return Page.of("demo/demo", state);
    }

    /// @param step of the tour, to go on to its page; 0: to `/today`
    @Allowed(anyone = true)
    @PostMapping("/demo/be/{key}")
    SeeOther be(
            @PathVariable String key,
            @RequestParam(defaultValue = "0") int step,
            HttpServletRequest request,
            HttpServletResponse response) {
        entrance.enter(
                people.withEmail(Part.of(key).email()).orElseThrow(() -> Problem.NOT_FOUND.because("")),
                request,
                response);
        return SeeOther.to(step == 0 ? "/today" : step(step).step().path());
    }

    @Allowed(anyone = true)
    @PostMapping("/demo/morning")
    SeeOther morning() {
        return SeeOther.to("/demo").saying(stage.press() + ".");
    }

    @Allowed(anyone = true)
    @PostMapping("/demo/reset")
    SeeOther reset() {
        data.reset();
        return SeeOther.to("/demo").saying("The demo is as it was at the beginning.");
    }

    @Allowed(anyone = true)
    @GetMapping("/tour")
    Page tour() {
        return Page.of("demo/tour", tour.steps());
    }

    @Allowed(anyone = true)
    @GetMapping("/tour/{number}")
    Page tourStep(@PathVariable int number) {
        return Page.of("demo/step", step(number));
    }

    @Allowed(anyone = true)
    @GetMapping("/demo/larkfield-revenues-8.4.cdx.json")
    ResponseEntity<byte[]> newerSbom() {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header("Content-Disposition", "attachment; filename=\"larkfield-revenues-8.4.cdx.json\"")
                .body(data.newerSbom());
    }

    private StepModel step(int number) {
        List<Tour.Step> steps = tour.steps();
        if (number < 1 || number > steps.size()) {
            throw Problem.NOT_FOUND.because("");
        }
        return new StepModel(steps.get(number - 1), number, steps.size());
    }
}
