/**
 * Object stores: whole objects under slash-separated paths, written once or replaced atomically,
 * with conditional puts.
 *
 * <p>{@link dev.firn.io.object.ObjectStore} is the contract; {@link
 * dev.firn.io.object.MemoryObjectStore} and {@link dev.firn.io.object.LocalObjectStore} keep it.
 * {@link dev.firn.io.object.ObjectStores} opens one from a URL.
 */
package dev.firn.io.object;
