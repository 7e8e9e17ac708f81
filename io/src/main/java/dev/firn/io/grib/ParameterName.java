package dev.firn.io.grib;

/**
 * What a parameter is called.
 *
 * @param shortName as ecCodes has it, {@code 2t}; empty where it has none
 * @param name in words
 * @param unit of the values, {@code K}; empty where it is not known
 */
public record ParameterName(String shortName, String name, String unit) {}
