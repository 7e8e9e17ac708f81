package dev.firn.io.netcdf;

import java.util.Optional;

/**
 * A dimension of a group or variable.
 *
 * @param name empty where a file has none, as HDF5 files that are not NetCDF
 * @param length how many values along it
 * @param unlimited whether it may grow
 */
public record NetcdfDimension(Optional<String> name, int length, boolean unlimited) {}
