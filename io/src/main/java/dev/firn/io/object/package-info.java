/**
 * Object stores: whole objects under slash-separated paths, written once or replaced atomically,
 * with conditional puts.
 *
 * <p>{@link dev.firn.io.object.ObjectStore} is the contract; {@link
 * dev.firn.io.object.MemoryObjectStore}, {@link dev.firn.io.object.LocalObjectStore} and {@link
 * dev.firn.io.object.s3.S3ObjectStore} keep it. {@link dev.firn.io.object.ObjectStores} opens one
 * from a URL, behind any {@link dev.firn.io.object.StoreDecorator}, and probes servers whose
 * promises are not Firn's own.
 */
package dev.firn.io.object;
