package dev.firn.io.grib;

import java.util.OptionalDouble;

/**
 * What the values of a field are the probability of.
 *
 * @param type of event (code table 4.9): 0 below the lower limit, 1 above the upper, 2 between
 *     both, the lower included, 3 above the lower, 4 below the upper
 * @param lower limit, in the parameter's unit
 * @param upper limit
 */
public record Probability(int type, OptionalDouble lower, OptionalDouble upper) {}
