package uk.reeve.register.estate;

import java.util.LinkedHashMap;
import java.util.Map;
import uk.reeve.register.web.Form;

/// From what a person or a script sent to what is told of a system. What is wrong is said on the form.
final class SystemForm {

    static final Map<String, String> HOSTING = words(
            "own", "Ourselves, on our own or rented machines", "supplier", "Its supplier", "other", "Someone else");
    static final Map<String, String> EXPOSURE = words(
            "internet",
            "Yes, it faces the internet",
            "network",
            "No, our own network only",
            "isolated",
            "No, it is cut off from our network",
            "unknown",
            "Nobody said yet: it counts as if it did");
    static final Map<String, String> DATA = words(
            "none",
            "No",
            "personal",
            "Yes",
            "special",
            "Yes, special category or children's data",
            "unknown",
            "Nobody said yet");

    private SystemForm() {}

    static Systems.Changed read(Form form) {
        Systems.Changed told = new Systems.Changed(
                Pasted.clean(form.value("name")),
                Pasted.clean(form.value("service")),
                form.value("hosting"),
                form.value("exposure"),
                form.value("personalData"),
                Pasted.clean(form.value("owner")));
        if (told.name().isEmpty()) {
            form.refuse("name", "Enter the system's name");
        }
        shorter(form, "name", told.name(), "The name");
        shorter(form, "service", told.service(), "The service");
        shorter(form, "owner", told.owner(), "The owner");
        oneOf(form, "hosting", HOSTING, "Choose who runs it");
        oneOf(form, "exposure", EXPOSURE, "Choose whether it faces the internet");
        oneOf(form, "personalData", DATA, "Choose whether it holds personal data");
        return told;
    }

    /// The version that a system runs.
    static String version(Form form) {
        String version = Pasted.clean(form.value("version"));
        if (version.isEmpty() || version.length() > 100) {
            form.refuse("version", "Enter the version that it runs now, like 8.2, in 100 characters or fewer");
        }
        return version;
    }

    private static void shorter(Form form, String field, String value, String what) {
        if (value.length() > 200) {
            form.refuse(field, what + " must be 200 characters or fewer");
        }
    }

    private static void oneOf(Form form, String field, Map<String, String> choices, String sentence) {
        if (!choices.containsKey(form.value(field))) {
            form.refuse(field, sentence);
        }
    }

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }
}
