package uk.reeve.register.alert;

import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.organisation.PersonErased;

/// What alerts know of a person whose account was erased: telephone, choices, feeds, mail that waits, addresses.
@Component
class ErasedPeople {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    ErasedPeople(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @EventListener
    void on(PersonErased erased) {
        Asking.as(
                new Asker.Job(),
                () -> transactions.execute(_ -> {
                    int changed = 0;
                    for (String statement : new String[] {
                        "DELETE FROM alert_preference WHERE person_id = :person",
                        "DELETE FROM alert_feed WHERE person_id = :person",
                        "DELETE FROM delivery WHERE person_id = :person AND state = 'waiting'",
                        "UPDATE delivery SET address = id || '@erased.invalid' WHERE person_id = :person AND channel = 'email'"
                    }) {
                        changed += jdbc.sql(statement)
                                .param("person", erased.person())
                                .update();
                    }
                    return changed;
                }));
    }
}
