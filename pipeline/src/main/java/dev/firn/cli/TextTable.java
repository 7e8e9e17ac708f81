package dev.firn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rows of text under a header, each column as wide as its widest cell, numbers on the right. */
final class TextTable {
  private static final Pattern NUMBER = Pattern.compile("\\d*");

  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... header) {
    rows.add(List.of(header));
  }

  void add(Object... cells) {
    List<String> row = new ArrayList<>();
    for (Object cell : cells) {
      row.add(cell.toString());
    }
    rows.add(row);
  }

  List<String> lines() {
    StringBuilder format = new StringBuilder();
    for (int i = 0; i < rows.get(0).size(); i++) {
      int column = i;
      int width =
          rows.stream().mapToInt(row -> Math.max(1, row.get(column).length())).max().orElse(1);
      boolean numbers =
          rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column)).matches());
      format.append(i == 0 ? "" : "  ").append(numbers ? "%" : "%-").append(width).append('s');
    }
    return rows.stream()
        .map(row -> String.format(Locale.ROOT, format.toString(), row.toArray()).stripTrailing())
        .toList();
  }
}
