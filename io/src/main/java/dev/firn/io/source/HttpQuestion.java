package dev.firn.io.source;

import java.net.URI;
import java.util.Map;

/**
 * A request for a file.
 *
 * @param method GET or HEAD
 * @param uri the file
 * @param headers what is asked of it
 * @param mostBytes an answer that is longer is given up
 */
record HttpQuestion(String method, URI uri, Map<String, String> headers, long mostBytes) {}
