package dev.firn.update;

import dev.firn.fields.GridAlignment;
import java.io.IOException;
import java.util.Optional;

/**
 * The values of one variable in one region while they are gathered: its chunk columns, those that
 * have any.
 */
final class VariableValues {
  private final RegionLayout layout;
  private final MemoryBudget budget;
  private final ColumnBuffer[] columns;
  private boolean released;

  VariableValues(RegionLayout layout, MemoryBudget budget) {
    this.layout = layout;
    this.budget = budget;
    this.columns = new ColumnBuffer[layout.chunkColumnCount()];
  }

  /**
   * Scatters a field's rows. Threads may place different steps at once.
   *
   * @param field its values as decoded
   * @param alignment puts them at the archive's axes
   */
  void place(int step, float[] field, GridAlignment alignment) throws IOException {
    float[] row = new float[layout.columns];
    for (int y = 0; y < layout.rows; y++) {
      alignment.copyRow(field, y, row, 0);
      int first = y / layout.chunkRows() * layout.columnChunks();
      int index = step * layout.cells() + y % layout.chunkRows() * layout.chunkColumns();
      for (int chunk = 0; chunk < layout.columnChunks(); chunk++) {
        int from = chunk * layout.chunkColumns();
        column(first + chunk)
            .put(index, row, from, Math.min(layout.chunkColumns(), layout.columns - from));
      }
    }
  }

  private synchronized ColumnBuffer column(int index) throws IOException {
    if (released) {
      throw new IllegalStateException("Cannot place a field: the values are no longer wanted");
    }
    if (columns[index] == null) {
      columns[index] = ColumnBuffer.allocate(layout.steps() * layout.cells(), budget);
    }
    return columns[index];
  }

  /** A chunk column, empty when nothing was placed there. */
  synchronized Optional<ColumnBuffer> take(int index) {
    Optional<ColumnBuffer> taken = Optional.ofNullable(columns[index]);
    columns[index] = null;
    return taken;
  }

  /** Frees what was not taken; nothing can be placed any more. */
  synchronized void release() {
    released = true;
    for (int index = 0; index < columns.length; index++) {
      take(index).ifPresent(ColumnBuffer::release);
    }
  }
}
