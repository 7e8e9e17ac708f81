package dev.firn.update;

/**
 * What a file is to a dataset.
 *
 * @param dataset its id
 * @param position of the append dimension that the file has values for
 * @param file the source file, as it is planned for that position alone
 * @param isInventory whether it is the file's inventory, and not the file
 */
public record KnownFile(String dataset, long position, SourceFile file, boolean isInventory) {}
