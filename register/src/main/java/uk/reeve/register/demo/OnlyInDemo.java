package uk.reeve.register.demo;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/// There in `reeve demo`, and nowhere else: `reeve serve` says no on its command line, which no other setting outdoes.
@ConditionalOnProperty(name = "reeve.demo", havingValue = "true")
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface OnlyInDemo {}
