/** What a file may be at most, so that a machine with 4 GB of memory reads it and a hostile file is refused. */
export const sheetLimits = {
  fileBytes: 64 * 1024 * 1024,
  /** All parts of an archive together, unpacked. */
  unpackedBytes: 256 * 1024 * 1024,
  rows: 200_001,
  columns: 500,
  /** Memory of the thread that reads, in MiB. */
  heapMb: 1024,
} as const;
