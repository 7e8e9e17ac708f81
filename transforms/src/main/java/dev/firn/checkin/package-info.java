/**
 * Tells monitoring services when updates begin and how they end. Read {@link
 * dev.firn.checkin.CheckIn} first, then {@link dev.firn.checkin.CheckInUrl} and {@link
 * dev.firn.checkin.CheckIns}.
 */
package dev.firn.checkin;
