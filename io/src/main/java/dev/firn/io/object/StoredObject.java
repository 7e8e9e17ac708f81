package dev.firn.io.object;

/**
 * An object's content with the version it was read at. Equality is identity of the content array:
 * compare content with {@link java.util.Arrays#equals(byte[], byte[])}.
 *
 * @param stat what the store knows of it
 * @param bytes the whole content, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredObject(ObjectStat stat, byte[] bytes) {}
