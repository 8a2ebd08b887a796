@NullMarked
package uk.reeve.register.web;

import org.jspecify.annotations.NullMarked;
