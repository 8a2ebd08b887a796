/// What to tell whom: one alert per vulnerability and council, delivered and shown. Reads in joins: system_verdict
/// (exposure), system and service (estate), release and product (catalogue), membership, person and organisation
/// (organisation), vulnerability (advisory).
@NullMarked
package uk.reeve.register.alert;

import org.jspecify.annotations.NullMarked;
