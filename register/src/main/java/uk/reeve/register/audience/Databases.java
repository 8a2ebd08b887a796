package uk.reeve.register.audience;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.database.DataFolder;
import uk.reeve.register.database.DatabaseAccess;
import uk.reeve.register.database.DatabaseProblem;
import uk.reeve.register.database.EmbeddedPostgres;
import uk.reeve.register.database.Migrations;

/// Two pools on one database: people's requests connect as `reeve_web`, jobs as `reeve_jobs`; neither owns anything,
/// neither passes row security.
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
class Databases {

    /// One of somebody else's where `reeve.database.url` is set; else our own in the data folder. Migrated
    /// before anyone connects.
    @Bean
    DatabaseAccess databaseAccess(
            Environment settings,
            ConfigurableApplicationContext context,
            @Value("${reeve.data}") Path data,
            @Value("${reeve.demo:false}") boolean demo)
            throws DatabaseProblem {
        Optional<DatabaseAccess> external = DatabaseAccess.configured(settings);
        if (external.isPresent()) {
            Migrations.run(external.get());
            return external.get();
        }
        EmbeddedPostgres embedded =
                EmbeddedPostgres.start(DataFolder.open(data, demo ? DataFolder.Kind.DEMO : DataFolder.Kind.REAL));
        ((DefaultListableBeanFactory) context.getBeanFactory())
                .registerDisposableBean("embeddedPostgres", embedded::close);
        Migrations.run(embedded.access());
        return embedded.access();
    }

    @Bean(destroyMethod = "close")
    HikariDataSource webPool(DatabaseAccess access) {
        return pool(
                access,
                "web",
                "reeve_web",
                access.webPassword(),
                "SET jit = off; SET max_parallel_workers_per_gather = 0");
    }

    @Bean(destroyMethod = "close")
    HikariDataSource jobsPool(DatabaseAccess access) {
        // one statement is asked for one row, and for thousands: planned for ten, it takes ten times as long for these
        return pool(
                access,
                "jobs",
                "reeve_jobs",
                access.jobsPassword(),
                "SET jit = off; SET plan_cache_mode = force_custom_plan");
    }

    /// By who asks: jobs connect as jobs, everyone else as the web does.
    @Bean
    @Primary
    DataSource dataSource(@Qualifier("webPool") DataSource web, @Qualifier("jobsPool") DataSource jobs) {
        AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
            @Override
            protected Object determineCurrentLookupKey() {
                return Asking.now() instanceof Asker.Job ? "jobs" : "web";
            }
        };
        routing.setTargetDataSources(Map.of("web", web, "jobs", jobs));
        routing.setDefaultTargetDataSource(web);
        return routing;
    }

    /// @param begin what each connection begins with. Compiling a query costs more than any of ours takes; and of many
    /// people who ask at once, each is to take one processor
    private static HikariDataSource pool(
            DatabaseAccess access, String name, String user, String password, String begin) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(access.url());
        config.setUsername(user);
        config.setPassword(password);
        config.setConnectionInitSql(begin);
        config.setMaximumPoolSize(20);
        config.setConnectionTimeout(10_000); // whoever waits longer is told to come again
        config.setMinimumIdle(2);
        return new HikariDataSource(config);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource source) {
        return new AskingTransactions(source);
    }

    @Bean
    TransactionTemplate transactions(PlatformTransactionManager manager) {
        return new TransactionTemplate(manager);
    }

    @Bean
    JdbcTemplate jdbcTemplate(DataSource source) {
        JdbcTemplate template = new JdbcTemplate(source);
        template.setQueryTimeout(20);
        return template;
    }

    @Bean
    JdbcClient jdbcClient(JdbcTemplate template) {
        return JdbcClient.create(template);
    }
}
