package uk.reeve.register.audience;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Begins each transaction by telling the database who asks. What runs outside a transaction asks as nobody.
final class AskingTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    AskingTransactions(DataSource source) {
        super(source);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        ConnectionHolder holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(obtainDataSource());
        if (holder == null) {
            throw new CannotCreateTransactionException("the transaction has no connection");
        }
        try {
            tell(holder.getConnection(), Asking.now());
        } catch (SQLException e) {
            doCleanupAfterCompletion(transaction);
            throw new CannotCreateTransactionException("the database was not told who asks", e);
        }
    }

    private static void tell(Connection connection, Asker asker) throws SQLException {
        String kind =
                switch (asker) {
                    case Asker.Nobody _ -> "";
                    case Asker.Gate _ -> "gate";
                    case Asker.Job _ -> "job";
                    case Asker.Person person -> person.kind().name().toLowerCase(java.util.Locale.ROOT);
                };
        boolean known = asker instanceof Asker.Person;
        try (PreparedStatement tell = connection.prepareStatement("""
                SELECT set_config('reeve.kind', ?, true),
                       set_config('reeve.person', ?, true),
                       set_config('reeve.organisation', ?, true)
                """)) {
            tell.setString(1, kind);
            tell.setString(2, known ? ((Asker.Person) asker).person().toString() : "");
            tell.setString(3, known ? ((Asker.Person) asker).organisation().toString() : "");
            tell.execute();
        }
    }
}
