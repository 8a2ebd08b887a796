package uk.reeve.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import uk.reeve.register.audience.Asker;
import uk.reeve.register.audience.Asking;
import uk.reeve.register.catalogue.Products;
import uk.reeve.register.estate.Systems;
import uk.reeve.register.exposure.Exposures;
import uk.reeve.register.web.Cursor;

/// A list goes on where it was, also when what stood there is gone.
@RegisterTest
class CursorsTest {

    @Autowired
    Given given;

    @Autowired
    GivenFlaw flaw;

    @Autowired
    Products products;

    @Autowired
    Systems systems;

    @Autowired
    Exposures exposures;

    @Test
    void systems_go_on_behind_one_that_is_retired() {
        Asker.Person council = given.someoneOf(Asker.Kind.COUNCIL, "Paging council (invented)");
        List<String> refs = Asking.as(council, () -> List.of("A", "B", "C").stream()
                .map(name -> systems.add(new Systems.New(name, null, null, null, "own", "network", null)))
                .toList());
        for (Systems.Order order : List.of(Systems.Order.NAME, Systems.Order.OWNER)) {
            Systems.Slice first = slice(council, order, new Systems.From(null, false));
            Asking.as(council, () -> {
                systems.retire(first.rows().getFirst().ref());
                return refs;
            });
            assertThat(first.later()).isNotNull();
            Systems.Slice second = slice(council, order, new Systems.From(first.later(), false));
            assertThat(second.rows()).hasSize(1).doesNotContainAnyElementsOf(first.rows());
            assertThat(second.earlier()).isNotNull();
        }
    }

    private Systems.Slice slice(Asker.Person council, Systems.Order order, Systems.From from) {
        return Asking.as(council, () -> systems.list(order, "", from, Map.of(), 1));
    }

    @Test
    void products_go_on_behind_one_that_is_renamed() {
        String mark = UUID.randomUUID().toString();
        Asker.Person supplier = given.someoneOf(Asker.Kind.SUPPLIER, "Paging supplier (invented)");
        List<String> names = Asking.as(supplier, () -> {
            List<UUID> ids = List.of("A", "B", "C").stream()
                    .map(name -> products.add(name + " " + mark, null, null))
                    .toList();
            Cursor after = products.list(mark, "", null, 1).getFirst().cursor();
            products.change(ids.getFirst(), "Z " + mark, null, null);
            return products.list(mark, "", Cursor.read(after.toString(), 2), 10).stream()
                    .map(Products.Product::name)
                    .toList();
        });
        assertThat(names).containsExactly("B " + mark, "C " + mark, "Z " + mark);
    }

    @Test
    void exposures_go_on_behind_one_that_is_no_more() {
        GivenFlaw.Scene scene = flaw.scene();
        flaw.run(scene, "Rates", "internet");
        String worst = flaw.advise(scene, GivenFlaw.WORST);
        flaw.advise(scene, GivenFlaw.SIXTY);
        flaw.advise(scene, GivenFlaw.HIGH_BUT_LOCAL);
        List<Exposures.Open> all = open(scene, null);
        Exposures.Open first = all.getFirst();
        assertThat(first.name()).isEqualTo(worst);
        Exposures.After after = Exposures.After.read(first.cursor().toString());
        flaw.becomesKnown(worst, "merged_into = id");
        assertThat(open(scene, after)).hasSize(2).isEqualTo(all.subList(1, 3));
        assertThat(open(scene, Exposures.After.read("nonsense"))).hasSize(2);
        assertThat(open(
                        scene,
                        Exposures.After.read(Cursor.at(true, "x", "y", "z").toString())))
                .hasSize(2);
    }

    private List<Exposures.Open> open(GivenFlaw.Scene scene, Exposures.After after) {
        return Asking.as(scene.council(), () -> exposures.listed(after, 10).open());
    }
}
