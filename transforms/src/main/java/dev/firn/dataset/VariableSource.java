package dev.firn.dataset;

import dev.firn.fields.Scaling;
import java.util.Optional;

/**
 * One of the ways in which sources have a variable: names, numbers and units change over the years.
 *
 * @param when files have it so
 * @param selector how its fields are found
 * @param scaling from the unit of these files to the one that the others have
 */
public record VariableSource(Condition when, FieldSelector selector, Optional<Scaling> scaling) {}
