package uk.reeve.register.catalogue;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.web.Form;
import uk.reeve.register.web.Problem;

/// From what a person or a script sent to what is told of a product or a release. What is wrong is said on
/// the form.
final class ProductForm {

    static final int LONGEST_NAME = 200;
    static final int LONGEST_VERSION = 100;
    private static final int LONGEST_TEXT = 4_000;

    private ProductForm() {}

    record Told(
            String name, @Nullable String area, @Nullable String description) {}

    static Told product(Form form, List<Products.Area> areas) {
        String name = Plain.of(form.value("name"));
        String description = Plain.of(form.value("description"));
        String area = form.value("area");
        if (NameKey.of(name).isEmpty() || name.length() > LONGEST_NAME) {
            form.refuse("name", "Enter the product's name, of at most 200 characters");
        }
        if (description.length() > LONGEST_TEXT) {
            form.refuse("description", "Say what it does in at most 4,000 characters");
        }
        boolean known = areas.stream().anyMatch(one -> one.key().equals(area));
        if (!area.isEmpty() && !known) {
            form.refuse("area", "Choose one of the service areas");
        }
        return new Told(name, known ? area : null, description.isEmpty() ? null : description);
    }

    static String version(Form form) {
        String version = Plain.of(form.value("version"));
        if (version.isEmpty() || version.length() > LONGEST_VERSION) {
            form.refuse("version", "Enter the version as its maker writes it, of at most 100 characters");
        }
        return version;
    }

    static Products.Dates dates(Form form) {
        LocalDate released = date(form, "releasedOn");
        LocalDate ends = date(form, "supportEndsOn");
        boolean over = form.chosen("supportOver", "yes");
        if (released != null && ends != null && ends.isBefore(released)) {
            form.refuse("supportEndsOn", "Support cannot end before the release");
        }
        if (over && ends != null) {
            form.refuse("supportOver", "Give the day on which support ends, or say that it is over: not both");
        }
        return new Products.Dates(released, ends, over);
    }

    private static @Nullable LocalDate date(Form form, String field) {
        LocalDate date = form.date(field).orElse(null);
        boolean plausible = date != null && date.getYear() >= 1970 && date.getYear() <= 2100;
        if (form.dateGiven(field) && !plausible) {
            form.refuse(field, "Enter the date like 27 3 2026, or leave it empty");
        }
        return date;
    }

    /// Refuses a name that is close to one that is there, unless it is said that this is another.
    static List<Products.Match> near(Form form, Told told, Products products) {
        return form.refused() || form.value("sure").equals("yes") ? List.of() : products.matching(told.name());
    }

    static String names(List<Products.Match> near) {
        return near.stream().map(Products.Match::name).collect(Collectors.joining(", "));
    }

    /// What a council lists has a name only: the rest is its supplier's to say.
    static boolean council() {
        return Asking.person().kind() == Asker.Kind.COUNCIL;
    }

    /// A product of the asking supplier.
    static Products.Product own(Products products, String address) {
        Products.Product product = products.find(address).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        if (!Standing.of(product).maker()) {
            throw Problem.NOT_FOUND.because("");
        }
        return product;
    }

    /// One to which the asking organisation may add a release: its own, or any for a council.
    static Products.Product extendable(Products products, String address) {
        Products.Product product = products.find(address).orElseThrow(() -> Problem.NOT_FOUND.because(""));
        if (!Standing.of(product).uploads()) {
            throw Problem.NOT_FOUND.because("");
        }
        return product;
    }
}
