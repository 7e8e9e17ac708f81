package dev.firn.update;

/**
 * Why a field of a source file was not read.
 *
 * @param status the file's status
 * @param detail one sentence
 */
record FileFailure(FileStatus status, String detail) {}
