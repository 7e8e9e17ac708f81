/**
 * What comes in and goes out beside the data: notifications of new source files, and events for
 * those who wait for published data.
 *
 * <p>{@link dev.firn.notify.ReadNotifications} reads a queue, {@link dev.firn.notify.Announcement}s
 * are what it finds there, and {@link dev.firn.notify.DeadLetters} takes what it cannot understand.
 * {@link dev.firn.notify.PublicationEvent} is what an {@link dev.firn.notify.EventTarget} is told.
 */
package dev.firn.notify;
