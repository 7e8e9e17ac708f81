package dev.firn.testing.s3;

/** What may happen to a request on its way. */
public enum Fault {
  /** It is not carried out; the answer is 503 SlowDown. */
  SLOW_DOWN,
  /** It is not carried out; the answer is 500 InternalError. */
  INTERNAL_ERROR,
  /** It is carried out after a while. */
  DELAY,
  /** It is not carried out, and there is no answer for as long as the client waits. */
  HANG,
  /** It is not carried out; the connection is reset. */
  RESET,
  /** It is carried out; the answer says that it failed. */
  FALSE_ERROR,
  /** It is carried out; the connection is reset before the answer. */
  LOST_REPLY,
  /** It is carried out; the connection is reset in the middle of the answer's body. */
  CUT_BODY,
  /** It is carried out; after half of the answer's body nothing more comes. */
  STALLED_BODY
}
