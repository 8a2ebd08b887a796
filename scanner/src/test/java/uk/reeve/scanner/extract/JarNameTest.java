package uk.reeve.scanner.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarNameTest {

    @ParameterizedTest
    @CsvSource({
        "log4j-core-2.14.1.jar, log4j-core, 2.14.1",
        "log4j-1.2-api-2.14.1.jar, log4j-1.2-api, 2.14.1",
        "netty-all-4.1.54.Final.jar, netty-all, 4.1.54.Final",
        "spring-core-3.2.6.RELEASE.jar, spring-core, 3.2.6.RELEASE",
        "guava-31.1-jre.jar, guava, 31.1-jre",
        "zipkin-server-2.23.2-exec.jar, zipkin-server, 2.23.2",
        "hive-jdbc-3.1.2-standalone.jar, hive-jdbc, 3.1.2",
        "netty-transport-native-epoll-4.1.54.Final-linux-x86_64.jar, netty-transport-native-epoll, 4.1.54.Final",
        "bcprov-jdk15on-1.68.jar, bcprov-jdk15on, 1.68",
        "app-1.0-20210101.123456-1.jar, app, 1.0-20210101.123456-1",
        "jackson-databind-2.10.0.pr1.jar, jackson-databind, 2.10.0.pr1",
        "woodstox-core-5.3.0.jar, woodstox-core, 5.3.0",
        "protobuf-java-3.0.0-beta-2.jar, protobuf-java, 3.0.0-beta-2",
        "jsr305-3.0.2.jar, jsr305, 3.0.2",
        "commons-io-2.4.jar, commons-io, 2.4",
    })
    void tells_name_and_version(String file, String name, String version) {
        assertThat(JarName.of(file)).isEqualTo(new JarName(name, version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.jar", "classes12.jar", "my-app.jar", "-1.0.jar", "1.0.jar", "jar", ""})
    void tells_nothing_where_the_name_tells_none(String file) {
        assertThat(JarName.of(file)).isNull();
    }
}
