/// Harmless imitations of published attack techniques, kept as text and made into archives: what the signs of
/// compromise are measured on. Start reading at [Imitation].
package uk.reeve.scanner.imitations;
