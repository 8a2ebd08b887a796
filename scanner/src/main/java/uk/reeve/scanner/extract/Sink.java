package uk.reeve.scanner.extract;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.reeve.engine.purl.Purl;
import uk.reeve.engine.sbom.Scope;

/// Takes what an extractor finds in one file. A component is named by the number that [#component] returns.
public interface Sink {

    /// A component at the version that is installed. The same package and version given again is the same component:
    /// the first line and the more shipped scope are kept, and the same number is returned.
    int component(int line, Purl purl, Scope scope);

    /// A component of which the file tells no more than the least version that is wanted (*possible*).
    int minimum(int line, Purl purl, Scope scope);

    /// A dependency without a locked version: listed as not looked at, never matched.
    ///
    /// @param wanted what the file asks for: `>=2.10.0`; empty where it names no version
    void unlocked(int line, String ecosystem, String name, String wanted, Scope scope);

    /// A component that no advisory source covers (Perl), or that comes from no registry: counted, never matched.
    ///
    /// @param why shown to the person: `no advisory source covers Perl`
    void notCovered(int line, String name, @Nullable String version, String why);

    /// The project itself depends on this component: one end of every path by which a component comes in.
    void direct(int component);

    /// `from` depends on `to`.
    void edge(int from, int to);

    /// What the file tells of a component beside its identity: `supplier`, `licence`, `hash:SHA-256` (lower-case
    /// hex), `integrity` (`sha512-` and Base64, as npm writes it), or a property.
    void tell(int component, Map<String, String> facts);

    /// A file that the component brought, named relative to this one's folder (`../../../usr/bin/curl`), which need
    /// not be there.
    default void owns(int component, String relative) {}

    /// A part of the file that is wrong, while the rest was read: what, and what to do.
    void problem(int line, String message);
}
