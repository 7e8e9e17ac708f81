package dev.firn.io.grib.packing;

import com.github.jaiimageio.jpeg2000.impl.J2KImageReadParamJava;
import dev.firn.io.CorruptInputException;
import dev.firn.io.FormatException;
import dev.firn.io.Origin;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jj2000.j2k.codestream.HeaderInfo;
import jj2000.j2k.codestream.reader.BitstreamReaderAgent;
import jj2000.j2k.codestream.reader.HeaderDecoder;
import jj2000.j2k.decoder.DecoderSpecs;
import jj2000.j2k.image.DataBlkInt;
import jj2000.j2k.image.ImgDataConverter;
import jj2000.j2k.quantization.dequantizer.Dequantizer;
import jj2000.j2k.roi.ROIDeScaler;
import jj2000.j2k.util.FacilityManager;
import jj2000.j2k.util.ISRandomAccessIO;
import jj2000.j2k.wavelet.synthesis.InverseWT;

/**
 * Decodes JPEG 2000 codestreams with the JJ2000 library, which this class and {@link JpegLimits}
 * know.
 *
 * <p>The library reports what it does not like in an image as warnings, as {@link IOException}, as
 * unchecked exceptions from its arithmetic and arrays, and as {@link Error} and its subclass {@code
 * NotImplementedError}. All of them make the image corrupt; errors of the virtual machine do not.
 */
final class JpegDecoder {

  static {
    FacilityManager.registerMsgLogger(null, new JpegWarnings());
  }

  private final ImgDataConverter source;
  private final JpegSize size;

  private JpegDecoder(ImgDataConverter source, JpegSize size) {
    this.source = source;
    this.size = size;
  }

  /**
   * The pixels of a grey image, row by row.
   *
   * @param data the codestream, a buffer with an array
   * @param size what its SIZ marker segment says
   */
  static int[] decode(ByteBuffer data, JpegSize size, Origin origin) {
    FutureTask<int[]> decoding = new FutureTask<>(() -> open(data, size, origin).pixels());
    decoding.run();
    try {
      return decoding.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof FormatException refusal) {
        throw refusal;
      }
      if (e.getCause() instanceof VirtualMachineError error) {
        throw error;
      }
      throw new CorruptInputException(
          "decode JPEG 2000 image", origin, "the decoder reports " + e.getCause(), e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("a task that has run is not waited for", e);
    }
  }

  /** The codestream, from which the library must not seek away: it would print a stack trace. */
  private static final class Codestream extends ISRandomAccessIO {
    Codestream(ByteBuffer data) {
      super(
          new ByteArrayInputStream(
              data.array(), data.arrayOffset() + data.position(), data.remaining()),
          data.remaining() + 1,
          1,
          Integer.MAX_VALUE);
    }

    @Override
    public void seek(int offset) throws IOException {
      try {
        super.seek(offset);
      } catch (EOFException e) {
        throw new IllegalStateException("the codestream ends within a packet", e);
      }
    }
  }

  /** Puts the library's decoding steps in a chain, of which the last can be asked for pixels. */
  private static JpegDecoder open(ByteBuffer data, JpegSize size, Origin origin)
      throws IOException {
    Codestream in = new Codestream(data);
    J2KImageReadParamJava parameters = new J2KImageReadParamJava();
    HeaderInfo info = new HeaderInfo();
    HeaderDecoder header = new HeaderDecoder(in, parameters, info);
    DecoderSpecs specs = header.getDecoderSpecs();
    JpegLimits limits = new JpegLimits(specs, size, origin);
    limits.checkRange();
    BitstreamReaderAgent packets =
        BitstreamReaderAgent.createInstance(in, header, parameters, specs, false, info);
    limits.checkHeaders();
    limits.checkMemory(data.remaining());
    ROIDeScaler codeBlocks =
        header.createROIDeScaler(
            header.createEntropyDecoder(packets, parameters), parameters, specs);
    int[] depths = {header.getOriginalBitDepth(0)};
    Dequantizer coefficients = header.createDequantizer(codeBlocks, depths, specs);
    InverseWT wavelet = InverseWT.createInstance(coefficients, specs);
    wavelet.setImgResLevel(packets.getImgRes());
    return new JpegDecoder(new ImgDataConverter(wavelet, 0), size);
  }

  private int[] pixels() {
    int[] pixels = new int[Math.toIntExact(size.width() * size.height())];
    for (int tile = 0; tile < size.tiles(); tile++) {
      if (tile == 0) {
        source.setTile(0, 0);
      } else {
        source.nextTile();
      }
      copyTile(pixels);
    }
    return pixels;
  }

  private void copyTile(int[] pixels) {
    int tile = source.getTileIdx();
    int width = source.getTileCompWidth(tile, 0);
    int height = source.getTileCompHeight(tile, 0);
    int stride = (int) size.width();
    DataBlkInt row = new DataBlkInt();
    for (int y = 0; y < height; y++) {
      row.ulx = 0;
      row.uly = y;
      row.w = width;
      row.h = 1;
      source.getInternCompData(row, 0);
      int from = (source.getCompULY(0) + y) * stride + source.getCompULX(0);
      copyRow(row, pixels, from);
    }
  }

  /** Pixels are stored around 0, and may be a little outside their range. */
  private void copyRow(DataBlkInt row, int[] pixels, int from) {
    int fraction = source.getFixedPoint(0);
    int middle = 1 << (size.bits() - 1);
    int largest = -1 >>> (Integer.SIZE - size.bits());
    for (int i = 0; i < row.w; i++) {
      int pixel = (row.data[row.offset + i] >> fraction) + middle;
      pixels[from + i] = Math.max(0, Math.min(largest, pixel));
    }
  }
}
