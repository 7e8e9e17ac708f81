package dev.firn.io.icechunk.format;

/** The kinds of files with a header (specification, "Binary File Format"). */
enum FileType {
  SNAPSHOT(1, "snapshot"),
  MANIFEST(2, "manifest"),
  TRANSACTION_LOG(4, "transaction log"),
  REPO_INFO(6, "repo info");

  private final int code;
  private final String label;

  FileType(int code, String label) {
    this.code = code;
    this.label = label;
  }

  /** The header's byte. */
  int code() {
    return code;
  }

  /** What errors call it. */
  String label() {
    return label;
  }
}
