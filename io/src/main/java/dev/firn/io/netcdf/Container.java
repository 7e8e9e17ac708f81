package dev.firn.io.netcdf;

import java.io.Closeable;

/** A file as a library reads it: the one thing that differs between formats. */
interface Container extends Closeable {

  String format();

  NetcdfGroup root();
}
