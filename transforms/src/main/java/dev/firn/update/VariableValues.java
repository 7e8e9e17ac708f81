package dev.firn.update;

import dev.firn.fields.GridTransfer;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The values of one variable in one region, field by field cut into the spatial chunks: in the heap
 * as far as the budget goes, beyond it in a scratch file. Both grow with the fields that are there.
 */
final class VariableValues implements Closeable {
  private final RegionLayout layout;
  private final MemoryBudget budget;
  private final Column[] columns;
  private Optional<ScratchFile> scratch = Optional.empty();
  private boolean released;

  VariableValues(RegionLayout layout, MemoryBudget budget) {
    this.layout = layout;
    this.budget = budget;
    this.columns = new Column[layout.chunkColumnCount()];
  }

  /** The pieces of one chunk column, each held or in the scratch file. */
  private static final class Column {
    private final float[][] held;
    private final long[] stored;

    Column(int steps) {
      held = new float[steps][];
      stored = new long[steps];
      Arrays.fill(stored, -1);
    }
  }

  /**
   * Cuts a field. Threads may place different steps at once.
   *
   * @param field its values as decoded
   * @param transfer brings them to the archive's grid
   */
  void place(int step, float[] field, GridTransfer transfer) throws IOException {
    float[] row = new float[layout.columns];
    int columnChunks = layout.columnChunks();
    float[][] pieces = new float[columnChunks][];
    for (int y = 0; y < layout.rows; y++) {
      int rowInChunk = y % layout.chunkRows();
      if (rowInChunk == 0) {
        Arrays.setAll(pieces, chunk -> newPiece());
      }
      transfer.copyRow(field, y, row, 0);
      for (int chunk = 0; chunk < columnChunks; chunk++) {
        int from = chunk * layout.chunkColumns();
        int length = Math.min(layout.chunkColumns(), layout.columns - from);
        System.arraycopy(row, from, pieces[chunk], rowInChunk * layout.chunkColumns(), length);
      }
      if (rowInChunk == layout.chunkRows() - 1 || y == layout.rows - 1) {
        int first = y / layout.chunkRows() * columnChunks;
        for (int chunk = 0; chunk < columnChunks; chunk++) {
          keep(first + chunk, step, pieces[chunk]);
        }
      }
    }
  }

  private float[] newPiece() {
    float[] piece = new float[layout.cells()];
    Arrays.fill(piece, Float.NaN);
    return piece;
  }

  private void keep(int index, int step, float[] piece) throws IOException {
    Column column = column(index);
    if (budget.take(bytes(piece.length))) {
      column.held[step] = piece;
    } else {
      column.stored[step] = scratch().append(piece);
    }
  }

  private static long bytes(int values) {
    return (long) values * Float.BYTES;
  }

  private synchronized Column column(int index) {
    if (released) {
      throw new IllegalStateException("Cannot place a field: the values are no longer wanted");
    }
    if (columns[index] == null) {
      columns[index] = new Column(layout.stepCount());
    }
    return columns[index];
  }

  private synchronized ScratchFile scratch() throws IOException {
    if (scratch.isEmpty()) {
      scratch = Optional.of(ScratchFile.create());
    }
    return scratch.get();
  }

  /**
   * All steps of a chunk column, NaN where no field was placed; empty when none was. They are not
   * kept any longer.
   */
  Optional<float[]> take(int index) throws IOException {
    Optional<Column> taken = remove(index);
    return taken.isPresent() ? Optional.of(assembled(taken.get())) : Optional.empty();
  }

  private synchronized Optional<Column> remove(int index) {
    Optional<Column> taken = Optional.ofNullable(columns[index]);
    columns[index] = null;
    return taken;
  }

  private float[] assembled(Column column) throws IOException {
    int cells = layout.cells();
    float[] values = new float[Math.multiplyExact(layout.stepCount(), cells)];
    for (int step = 0; step < layout.stepCount(); step++) {
      if (column.held[step] != null) {
        System.arraycopy(column.held[step], 0, values, step * cells, cells);
        column.held[step] = null;
        budget.giveBack(bytes(cells));
      } else if (column.stored[step] >= 0) {
        scratch().read(column.stored[step], values, step * cells, cells);
      } else {
        Arrays.fill(values, step * cells, (step + 1) * cells, Float.NaN);
      }
    }
    return values;
  }

  /** Frees what was not taken; nothing can be placed any more. */
  @Override
  public synchronized void close() throws IOException {
    released = true;
    for (Column column : columns) {
      if (column != null) {
        Arrays.stream(column.held)
            .filter(piece -> piece != null)
            .forEach(piece -> budget.giveBack(bytes(piece.length)));
      }
    }
    Arrays.fill(columns, null);
    if (scratch.isPresent()) {
      scratch.get().close();
    }
  }
}
