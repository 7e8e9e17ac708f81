package dev.firn.notify;

/**
 * An event on its way out.
 *
 * @param id the same when it is sent again
 * @param subject the dataset it is about, or what else others may want to choose by; events of one
 *     subject keep their order where the target has one
 * @param json what is sent
 */
public record OutgoingEvent(String id, String subject, String json) {}
