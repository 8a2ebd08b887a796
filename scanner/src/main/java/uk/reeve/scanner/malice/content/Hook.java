package uk.reeve.scanner.malice.content;

/// Something that a package manager runs without being asked, while it installs or builds.
///
/// @param name as the manifest calls it: `postinstall`, `extconf.rb`
/// @param command what runs: a command line, or the path of a file in the package
/// @param file the file that says so
/// @param line in it; 0 where there is none
public record Hook(String name, String command, String file, int line) {}
