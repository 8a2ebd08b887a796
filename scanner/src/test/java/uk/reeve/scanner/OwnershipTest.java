package uk.reeve.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.reeve.scanner.extract.RpmBuilder;

/// Which package brought what lies on a root file system.
class OwnershipTest {

    @TempDir
    Path folder;

    private static final String SITE = "usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA";
    private static final String METADATA = "Name: requests\nVersion: 2.28.1\n\n";

    private Inventory scan(String... pathsAndContents) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndContents.length; i += 2) {
            files.put(pathsAndContents[i], pathsAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        ImageBuilder.write(files, folder);
        return Scan.of(List.of(folder), Scan.Options.DEFAULT);
    }

    private static List<String> owners(Inventory found, String name) {
        return found.items().stream()
                .filter(item -> item.component().ref().startsWith(name))
                .flatMap(item -> item.owners().stream())
                .toList();
    }

    @Test
    void a_file_in_a_list_of_dpkg_is_of_that_package() throws IOException {
        Inventory found = scan(
                "usr/lib/os-release",
                "ID=debian\nVERSION_ID=12\n",
                "var/lib/dpkg/status",
                "Package: python3-requests\nStatus: install ok installed\nVersion: 2.28.1+dfsg-1\n"
                        + "Architecture: all\n\n",
                "var/lib/dpkg/info/python3-requests.list",
                "/.\n/usr\n/" + SITE + "\n",
                SITE,
                METADATA,
                "usr/lib/node_modules/own/package.json",
                "{\"name\":\"own\",\"version\":\"1.0.0\"}");
        assertThat(owners(found, "pkg:pypi/requests"))
                .containsExactly("pkg:deb/debian/python3-requests@2.28.1%2Bdfsg-1?arch=all&distro=debian-12");
        assertThat(owners(found, "pkg:npm/own")).isEmpty();
    }

    @Test
    void a_second_copy_that_nobody_packaged_leaves_the_component_without_an_owner() throws IOException {
        Inventory found = scan(
                "var/lib/dpkg/status",
                "Package: python3-requests\nStatus: install ok installed\nVersion: 2.28.1+dfsg-1\n\n",
                "var/lib/dpkg/info/python3-requests.list",
                "/" + SITE + "\n",
                SITE,
                METADATA,
                "opt/app/site-packages/requests-2.28.1.dist-info/METADATA",
                METADATA);
        assertThat(found.items()).extracting(item -> item.places().size()).contains(2);
        assertThat(owners(found, "pkg:pypi/requests")).isEmpty();
    }

    @Test
    void lists_name_either_path_of_a_file_on_a_system_with_merged_usr() throws IOException {
        Inventory found = scan(
                "var/lib/dpkg/status",
                "Package: a\nStatus: install ok installed\nVersion: 1\nArchitecture: amd64\n\n",
                "var/lib/dpkg/info/a:amd64.list",
                "/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA\n",
                SITE,
                METADATA);
        assertThat(owners(found, "pkg:pypi/requests")).hasSize(1);
    }

    @Test
    void apk_names_folders_and_then_files() throws IOException {
        Inventory found = scan(
                "usr/lib/os-release", "ID=alpine\nVERSION_ID=3.20.3\n",
                "lib/apk/db/installed",
                        "P:py3-requests\nV:2.32.3-r0\nA:noarch\nF:usr/lib/python3.12/site-packages/requests-2.32.3.dist-info\n"
                                + "R:METADATA\nZ:Q1abc=\n\n",
                "usr/lib/python3.12/site-packages/requests-2.32.3.dist-info/METADATA",
                        "Name: requests\nVersion: 2.32.3\n\n");
        assertThat(owners(found, "pkg:pypi/requests"))
                .containsExactly("pkg:apk/alpine/py3-requests@2.32.3-r0?arch=noarch&distro=alpine-3.20.3");
    }

    @Test
    void distroless_lists_files_with_their_digests() throws IOException {
        Inventory found = scan(
                "var/lib/dpkg/status.d/python3-requests",
                "Package: python3-requests\nVersion: 2.28.1+dfsg-1\n",
                "var/lib/dpkg/status.d/python3-requests.md5sums",
                "d41d8cd98f00b204e9800998ecf8427e  " + SITE + "\n",
                SITE,
                METADATA);
        assertThat(owners(found, "pkg:pypi/requests")).hasSize(1);
    }

    @Test
    void rpm_keeps_the_paths_in_its_headers_also_in_an_image() throws IOException {
        String path = "usr/lib/python3.9/site-packages/requests-2.25.1.dist-info/METADATA";
        byte[] header = RpmBuilder.header(
                "python3-requests", -1, "2.25.1", "8.el9", "python-requests-2.25.1-8.el9.src.rpm", "", "/" + path);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(path, "Name: requests\nVersion: 2.25.1\n\n".getBytes(StandardCharsets.UTF_8));
        files.put("usr/lib/sysimage/rpm/Packages.db", RpmBuilder.ndb(header));
        Files.write(
                folder.resolve("app.tar"),
                ImageBuilder.tar(new ImageBuilder()
                        .layer("ADD", ImageBuilder.gzip(ImageBuilder.tar(files)))
                        .docker("app:1")));
        Inventory found = Scan.of(List.of(folder), Scan.Options.DEFAULT);
        assertThat(found.items())
                .extracting(item -> item.component().ref(), Inventory.Item::owners)
                .contains(tuple(
                        "pkg:pypi/requests@2.25.1",
                        List.of("pkg:rpm/unknown/python3-requests@2.25.1-8.el9?arch=x86_64"
                                + "&upstream=python-requests-2.25.1-8.el9.src.rpm")));
    }
}
