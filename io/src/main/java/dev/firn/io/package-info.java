/**
 * Formats and stores. This package itself holds what all formats share: where bytes came from, and
 * how errors name it.
 */
package dev.firn.io;
