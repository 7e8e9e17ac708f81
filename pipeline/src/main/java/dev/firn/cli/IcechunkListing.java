package dev.firn.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a command shows of a repository. */
interface IcechunkListing {
  /** For programs. */
  JsonNode json();

  /** For people. */
  List<String> table();
}
