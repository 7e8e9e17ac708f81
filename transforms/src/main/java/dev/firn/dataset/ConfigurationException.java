package dev.firn.dataset;

/** What the user asked for or defined cannot be: the message says what, and what would be right. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Reports what is wrong. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** As above, keeping what a library reported. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
