import type { ByteReader } from './byte-reader.ts';
import type { ImageFacts } from './image-facts.ts';

/** Tags of TIFF 6.0 that are read here. */
const tags = {
  width: 256,
  height: 257,
  stripOffsets: 273,
  orientation: 274,
  stripCounts: 279,
  tileOffsets: 324,
  tileCounts: 325,
} as const;

/** Bytes of a value of each type: BYTE, ASCII, SHORT, LONG. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4 };
/** Most pieces whose places are held against the size of the file. */
const maxPieces = 100_000;

interface Field {
  type: number;
  count: number;
  /** Where its values begin in the file. */
  at: number;
}

/** The facts of a TIFF's first page, by its directory. Null when it is none (BigTIFF too, which nothing here decodes). */
export async function tiffFacts(reader: ByteReader): Promise<ImageFacts | null> {
  const head = Buffer.from(await reader.read(0, 8));
  if (head.length < 8) return null;
  const little = head[0] === 0x49;
  const u16 = (bytes: Buffer, at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const u32 = (bytes: Buffer, at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  if (u16(head, 2) !== 42) return null;
  const directory = u32(head, 4);
  const entries = u16(await reader.read(directory, 2), 0);
  const body = Buffer.from(await reader.read(directory + 2, entries * 12));
  const fields = new Map<number, Field>();
  for (let entry = 0; entry < entries; entry += 1) {
    const at = entry * 12;
    const [type, count] = [u16(body, at + 2), u32(body, at + 4)];
    const inPlace = count * (typeBytes[type] ?? 8) <= 4;
    fields.set(u16(body, at), { type, count, at: inPlace ? directory + 2 + at + 8 : u32(body, at + 8) });
  }
  const valuesOf = async (tag: number): Promise<number[]> => {
    const field = fields.get(tag);
    if (!field || (field.type !== 3 && field.type !== 4) || field.count > maxPieces) return [];
    const size = field.type === 3 ? 2 : 4;
    const bytes = Buffer.from(await reader.read(field.at, field.count * size));
    return Array.from({ length: field.count }, (_, index) => (size === 2 ? u16 : u32)(bytes, index * size));
  };
  const [[width], [height], [orientation = 1]] = [
    await valuesOf(tags.width),
    await valuesOf(tags.height),
    await valuesOf(tags.orientation),
  ];
  if (width === undefined || height === undefined) return null;
  const tiled = fields.has(tags.tileOffsets);
  const offsets = await valuesOf(tiled ? tags.tileOffsets : tags.stripOffsets);
  const counts = await valuesOf(tiled ? tags.tileCounts : tags.stripCounts);
  const cut = offsets.some((offset, index) => offset + (counts[index] ?? 0) > reader.size);
  return {
    width,
    height,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
    damaged: offsets.length === 0 || cut,
  };
}
