/*
 * The ecCodes side of the benchmark: reads a command from each line of standard input and answers each with one line.
 *
 *   version               the library's version
 *   load FILE             reads a file of one message into memory; answers its number of values
 *   double MILLIS         decodes the message for so long; answers values decoded and CPU nanoseconds
 *   float MILLIS          the same with codes_get_float_array, of newer libraries
 *   values FILE           writes the message's values as float32 of this machine, NaN where missing
 *   pack TYPE BITS FILE   writes the message packed in another way
 *   handles FILE MILLIS   reads four keys of every message; answers messages read and CPU nanoseconds
 *   headers FILE MILLIS   the same, letting the library pass over the messages' data
 *
 * An answer that begins with "!" says what failed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <eccodes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MISSING (-9.0e99)

typedef int (*float_array)(const codes_handle*, const char*, float*, size_t*);
typedef codes_handle* (*headers_only)(codes_context*, FILE*, int, int*);

static char* message;
static size_t length;
static size_t count;
static double* doubles;
static float* floats;

static void answer(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vprintf(format, arguments);
  va_end(arguments);
  putchar('\n');
  fflush(stdout);
}

static long long cpu_nanoseconds(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Values of the message in memory, as a caller gets them: a handle, the array, the end of the handle. */
static int decode(float_array get_floats) {
  size_t n = count;
  codes_handle* handle = codes_handle_new_from_message(NULL, message, length);
  if (!handle) return CODES_INVALID_MESSAGE;
  int error = get_floats ? get_floats(handle, "values", floats, &n)
                         : codes_get_double_array(handle, "values", doubles, &n);
  codes_handle_delete(handle);
  return error;
}

static void load(const char* path) {
  FILE* file = fopen(path, "rb");
  if (!file) {
    answer("! cannot open %s", path);
    return;
  }
  fseek(file, 0, SEEK_END);
  length = ftell(file);
  rewind(file);
  message = realloc(message, length);
  size_t read = fread(message, 1, length, file);
  fclose(file);
  codes_handle* handle = codes_handle_new_from_message(NULL, message, length);
  if (read != length || !handle || codes_get_size(handle, "values", &count)) {
    answer("! cannot read %s", path);
    return;
  }
  codes_handle_delete(handle);
  doubles = realloc(doubles, count * sizeof(double));
  floats = realloc(floats, count * sizeof(float));
  answer("%zu", count);
}

static void turn(float_array get_floats, long millis) {
  long long start = cpu_nanoseconds(), end = start + millis * 1000000LL, now = start;
  long decoded = 0;
  for (; now < end; now = cpu_nanoseconds(), decoded++) {
    int error = decode(get_floats);
    if (error) {
      answer("! %s", codes_get_error_message(error));
      return;
    }
  }
  answer("%lld %lld", (long long)decoded * (long long)count, now - start);
}

static void write_values(const char* path) {
  size_t n = count;
  codes_handle* handle = codes_handle_new_from_message(NULL, message, length);
  codes_set_double(handle, "missingValue", MISSING);
  int error = codes_get_double_array(handle, "values", doubles, &n);
  codes_handle_delete(handle);
  for (size_t i = 0; i < n; i++) floats[i] = doubles[i] == MISSING ? NAN : (float)doubles[i];
  FILE* file = error ? NULL : fopen(path, "wb");
  if (!file || fwrite(floats, sizeof(float), n, file) != n || fclose(file)) {
    answer("! cannot write values to %s", path);
    return;
  }
  answer("%zu", n);
}

static int repack(codes_handle* handle, const char* type, long bits) {
  size_t n = count, type_length = strlen(type);
  codes_set_double(handle, "missingValue", MISSING);
  int error = codes_get_double_array(handle, "values", doubles, &n);
  if (!error) error = codes_set_string(handle, "packingType", type, &type_length);
  if (!error) error = strcmp(type, "grid_ieee") ? codes_set_long(handle, "bitsPerValue", bits)
                                                : codes_set_long(handle, "precision", bits / 32);
  if (!error) error = codes_set_double_array(handle, "values", doubles, n);
  return error;
}

static void pack(const char* type, long bits, const char* path) {
  const void* packed;
  size_t packed_length;
  codes_handle* handle = codes_handle_new_from_message_copy(NULL, message, length);
  int error = repack(handle, type, bits);
  if (!error) error = codes_get_message(handle, &packed, &packed_length);
  FILE* file = error ? NULL : fopen(path, "wb");
  if (!file || fwrite(packed, 1, packed_length, file) != packed_length || fclose(file)) {
    answer("! cannot pack to %s: %s", path, codes_get_error_message(error));
  } else {
    answer("%zu", packed_length);
  }
  codes_handle_delete(handle);
}

/* Four keys, as grib_ls asks for them. */
static int read_keys(codes_handle* handle) {
  char text[100];
  long number;
  size_t n = sizeof text;
  if (codes_get_string(handle, "shortName", text, &n)) return 1;
  n = sizeof text;
  if (codes_get_string(handle, "typeOfLevel", text, &n)) return 1;
  return codes_get_long(handle, "level", &number) || codes_get_long(handle, "forecastTime", &number);
}

static long scan(const char* path, headers_only open_headers) {
  FILE* file = fopen(path, "rb");
  if (!file) return -1;
  int error = 0;
  long messages = 0;
  codes_handle* handle;
  while ((handle = open_headers ? open_headers(NULL, file, 1, &error)
                                : codes_handle_new_from_file(NULL, file, PRODUCT_GRIB, &error))) {
    error = read_keys(handle);
    codes_handle_delete(handle);
    if (error) break;
    messages++;
  }
  fclose(file);
  return error ? -1 : messages;
}

static void scan_turn(const char* path, headers_only open_headers, long millis) {
  long long start = cpu_nanoseconds(), end = start + millis * 1000000LL, now = start;
  long messages = 0;
  for (; now < end; now = cpu_nanoseconds()) {
    long found = scan(path, open_headers);
    if (found < 0) {
      answer("! cannot scan %s", path);
      return;
    }
    messages += found;
  }
  answer("%ld %lld", messages, now - start);
}

int main(void) {
  float_array get_floats = (float_array)dlsym(RTLD_DEFAULT, "codes_get_float_array");
  headers_only open_headers = (headers_only)dlsym(RTLD_DEFAULT, "grib_new_from_file");
  char line[5000], type[100], path[4097];
  long number;
  while (fgets(line, sizeof line, stdin)) {
    if (!strncmp(line, "version", 7)) {
      long version = codes_get_api_version();
      answer("%ld.%ld.%ld", version / 10000, version / 100 % 100, version % 100);
    } else if (sscanf(line, "load %4096s", path) == 1) {
      load(path);
    } else if (sscanf(line, "double %ld", &number) == 1) {
      turn(NULL, number);
    } else if (sscanf(line, "float %ld", &number) == 1 && get_floats) {
      turn(get_floats, number);
    } else if (sscanf(line, "values %4096s", path) == 1) {
      write_values(path);
    } else if (sscanf(line, "pack %99s %ld %4096s", type, &number, path) == 3) {
      pack(type, number, path);
    } else if (sscanf(line, "handles %4096s %ld", path, &number) == 2) {
      scan_turn(path, NULL, number);
    } else if (sscanf(line, "headers %4096s %ld", path, &number) == 2 && open_headers) {
      scan_turn(path, open_headers, number);
    } else {
      answer("! unknown command %s", strtok(line, "\n"));
    }
  }
  return 0;
}
