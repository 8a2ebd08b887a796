package uk.reeve.scanner.extract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Groups of well-known Java packages, told by the file's name and proven by where its classes lie: a file may be
/// called anything. What Maven Central holds under these names.
final class KnownGroups {

    /// @param name a package's name; one that ends with `*` stands for all that begin so
    /// @param classes how the path of a class that it holds begins; of a WAR, that of a JAR
    private record Known(String name, String group, String classes) {}

    private static final List<Known> ALL = List.of(
            new Known("activemq-*", "org.apache.activemq", "org/apache/activemq/"),
            new Known("asm", "org.ow2.asm", "org/objectweb/asm/"),
            new Known("asm-*", "org.ow2.asm", "org/objectweb/asm/"),
            new Known("axis", "axis", "org/apache/axis/"),
            new Known("bcpkix-*", "org.bouncycastle", "org/bouncycastle/"),
            new Known("bcprov-*", "org.bouncycastle", "org/bouncycastle/"),
            new Known("camel-*", "org.apache.camel", "org/apache/camel/"),
            new Known("commons-beanutils", "commons-beanutils", "org/apache/commons/beanutils/"),
            new Known("commons-codec", "commons-codec", "org/apache/commons/codec/"),
            new Known("commons-collections", "commons-collections", "org/apache/commons/collections/"),
            new Known("commons-collections4", "org.apache.commons", "org/apache/commons/collections4/"),
            new Known("commons-compress", "org.apache.commons", "org/apache/commons/compress/"),
            new Known("commons-configuration", "commons-configuration", "org/apache/commons/configuration/"),
            new Known("commons-configuration2", "org.apache.commons", "org/apache/commons/configuration2/"),
            new Known("commons-fileupload", "commons-fileupload", "org/apache/commons/fileupload/"),
            new Known("commons-httpclient", "commons-httpclient", "org/apache/commons/httpclient/"),
            new Known("commons-io", "commons-io", "org/apache/commons/io/"),
            new Known("commons-jxpath", "commons-jxpath", "org/apache/commons/jxpath/"),
            new Known("commons-lang", "commons-lang", "org/apache/commons/lang/"),
            new Known("commons-lang3", "org.apache.commons", "org/apache/commons/lang3/"),
            new Known("commons-text", "org.apache.commons", "org/apache/commons/text/"),
            new Known("cxf-*", "org.apache.cxf", "org/apache/cxf/"),
            new Known("dom4j", "dom4j", "org/dom4j/"),
            new Known("fastjson", "com.alibaba", "com/alibaba/fastjson/"),
            new Known("freemarker", "org.freemarker", "freemarker/"),
            new Known("groovy", "org.codehaus.groovy", "groovy/lang/"),
            new Known("gson", "com.google.code.gson", "com/google/gson/"),
            new Known("guava", "com.google.guava", "com/google/common/"),
            new Known("h2", "com.h2database", "org/h2/"),
            new Known("hadoop-*", "org.apache.hadoop", "org/apache/hadoop/"),
            new Known("hibernate-core", "org.hibernate", "org/hibernate/"),
            new Known("hibernate-validator", "org.hibernate", "org/hibernate/validator/"),
            new Known("httpclient", "org.apache.httpcomponents", "org/apache/http/"),
            new Known("httpcore", "org.apache.httpcomponents", "org/apache/http/"),
            new Known("jackson-annotations", "com.fasterxml.jackson.core", "com/fasterxml/jackson/annotation/"),
            new Known("jackson-core", "com.fasterxml.jackson.core", "com/fasterxml/jackson/core/"),
            new Known("jackson-core-asl", "org.codehaus.jackson", "org/codehaus/jackson/"),
            new Known("jackson-databind", "com.fasterxml.jackson.core", "com/fasterxml/jackson/databind/"),
            new Known("jackson-dataformat-*", "com.fasterxml.jackson.dataformat", "com/fasterxml/jackson/dataformat/"),
            new Known("jackson-mapper-asl", "org.codehaus.jackson", "org/codehaus/jackson/map/"),
            new Known("jetty-*", "org.eclipse.jetty", "org/eclipse/jetty/"),
            new Known("json-smart", "net.minidev", "net/minidev/json/"),
            new Known("jsoup", "org.jsoup", "org/jsoup/"),
            new Known("kafka-clients", "org.apache.kafka", "org/apache/kafka/"),
            new Known("libthrift", "org.apache.thrift", "org/apache/thrift/"),
            new Known("log4j", "log4j", "org/apache/log4j/"),
            new Known("log4j-api", "org.apache.logging.log4j", "org/apache/logging/log4j/"),
            new Known("log4j-core", "org.apache.logging.log4j", "org/apache/logging/log4j/core/"),
            new Known("logback-classic", "ch.qos.logback", "ch/qos/logback/classic/"),
            new Known("logback-core", "ch.qos.logback", "ch/qos/logback/core/"),
            new Known("lucene-*", "org.apache.lucene", "org/apache/lucene/"),
            new Known("lz4-java", "org.lz4", "net/jpountz/"),
            new Known("micrometer-*", "io.micrometer", "io/micrometer/"),
            new Known("mysql-connector-java", "mysql", "com/mysql/"),
            new Known("netty", "io.netty", "org/jboss/netty/"),
            new Known("netty-*", "io.netty", "io/netty/"),
            new Known("ognl", "ognl", "ognl/"),
            new Known("okhttp", "com.squareup.okhttp3", "okhttp3/"),
            new Known("pdfbox", "org.apache.pdfbox", "org/apache/pdfbox/"),
            new Known("poi", "org.apache.poi", "org/apache/poi/"),
            new Known("poi-ooxml", "org.apache.poi", "org/apache/poi/"),
            new Known("postgresql", "org.postgresql", "org/postgresql/"),
            new Known("protobuf-java", "com.google.protobuf", "com/google/protobuf/"),
            new Known("shiro-*", "org.apache.shiro", "org/apache/shiro/"),
            new Known("snakeyaml", "org.yaml", "org/yaml/snakeyaml/"),
            new Known("snappy-java", "org.xerial.snappy", "org/xerial/snappy/"),
            new Known("solr", "org.apache.solr", "WEB-INF/lib/solr-core-"),
            new Known("solr-*", "org.apache.solr", "org/apache/solr/"),
            new Known("spring-security-*", "org.springframework.security", "org/springframework/security/"),
            new Known("spring-webflow", "org.springframework.webflow", "org/springframework/webflow/"),
            new Known("spring-boot-*", "org.springframework.boot", "org/springframework/boot/"),
            new Known("spring-data-*", "org.springframework.data", "org/springframework/data/"),
            new Known("spring-ldap-*", "org.springframework.ldap", "org/springframework/ldap/"),
            new Known("spring-boot", "org.springframework.boot", "org/springframework/boot/"),
            new Known("spring-*", "org.springframework", "org/springframework/"),
            new Known("struts", "struts", "org/apache/struts/"),
            new Known("struts2-core", "org.apache.struts", "org/apache/struts2/"),
            new Known("tomcat-catalina", "org.apache.tomcat", "org/apache/catalina/"),
            new Known("tomcat-coyote", "org.apache.tomcat", "org/apache/coyote/"),
            new Known("tomcat-embed-core", "org.apache.tomcat.embed", "org/apache/catalina/"),
            new Known("tomcat-embed-websocket", "org.apache.tomcat.embed", "org/apache/tomcat/websocket/"),
            new Known("velocity", "org.apache.velocity", "org/apache/velocity/"),
            new Known("woodstox-core", "com.fasterxml.woodstox", "com/ctc/wstx/"),
            new Known("xalan", "xalan", "org/apache/xalan/"),
            new Known("xercesImpl", "xerces", "org/apache/xerces/"),
            new Known("xmlsec", "org.apache.santuario", "org/apache/xml/security/"),
            new Known("xstream", "com.thoughtworks.xstream", "com/thoughtworks/xstream/"),
            new Known("zookeeper", "org.apache.zookeeper", "org/apache/zookeeper/"),
            new Known("zstd-jni", "com.github.luben", "com/github/luben/zstd/"));

    private KnownGroups() {}

    /// Null where the name is not known, or another's classes lie there.
    ///
    /// @param files that are in it
    static @Nullable String of(String name, List<String> files) {
        Known known = named(name);
        return known != null
                        && files.stream()
                                .anyMatch(file -> file.startsWith(known.classes())
                                        && (file.endsWith(".class") || file.endsWith(".jar")))
                ? known.group()
                : null;
    }

    /// The same where the classes may lie deeper, as those that were merged into another package and renamed.
    static @Nullable String ofMoved(String name, List<String> files) {
        Known known = named(name);
        return known != null
                        && files.stream()
                                .anyMatch(
                                        file -> ("/" + file).contains("/" + known.classes()) && file.endsWith(".class"))
                ? known.group()
                : null;
    }

    private static @Nullable Known named(String name) {
        for (Known known : ALL) {
            if (isNamed(known, name)) {
                return known;
            }
        }
        return null;
    }

    private static boolean isNamed(Known known, String name) {
        return known.name().endsWith("*")
                ? name.startsWith(known.name().substring(0, known.name().length() - 1))
                : name.equals(known.name());
    }
}
