package uk.reeve.scanner.malice.sign;

import uk.reeve.scanner.malice.content.FileText;
import uk.reeve.scanner.malice.content.Trait;

/// Records keys, screens, cameras or microphones.
final class WatchesPerson extends Sign {

    private static final Trait WATCHES = Trait.of(
            "pynput|getasynckeystate|setwindowshookex|keyboard\\.(?:on_press|hook|record)|keylog(?!_?file)|iohook|globalkeyboardlistener|node-global-key|imagegrab|pyautogui\\.screenshot|screenshot-desktop|copyfromscreen|screencapture\\s|mss\\.mss|videocapture\\s?\\(\\s?0|sounddevice|pyaudio|addeventlistener\\s?\\(\\s?[\"']key(?:down|press|up)[\"'][^\\n]{0,300}(?:fetch|post|sendbeacon|websocket)|uiohook|(?:ajax|fetch|post|get|sendbeacon)\\s?\\(\\s?[{\"'`][^;}]{0,120}https?://[^;}]{0,120}\\.serialize\\(\\)",
            "pynput",
            "keystate",
            "hookex",
            "keyboard",
            "keylog",
            "iohook",
            "global-key",
            "imagegrab",
            "screenshot",
            "copyfromscreen",
            "screencapture",
            "mss.mss",
            "videocapture",
            "sounddevice",
            "pyaudio",
            "addeventlistener",
            "serialize()");

    WatchesPerson() {
        super(
                "watches-person",
                "records keys, screen or camera",
                28,
                "tools for automation and tests do so as well",
                "T1056.001",
                "T1113");
    }

    @Override
    public void look(FileText text, Sightings out) {
        if (text.language().isCode()) {
            out.add(this, text, text.first(WATCHES));
        }
    }
}
