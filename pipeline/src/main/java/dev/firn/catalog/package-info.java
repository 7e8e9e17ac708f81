/**
 * The datasets Firn knows: YAML definitions among its resources, and more in a directory of the
 * user's. {@link dev.firn.catalog.Catalog} is the door.
 */
package dev.firn.catalog;
