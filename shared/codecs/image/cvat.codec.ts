import type { Shape } from '../../domain/annotation.ts';
import {
  CodecError,
  createLossCounter,
  type ExchangeItem,
  type FailReason,
  type FilePiece,
  type AnnotationCodec,
  type LossCounter,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { extraFields, isPlainObject } from '../json-text.ts';
import { piecesOf } from '../json-rows.codec.ts';
import { type Fields, metaOf, readMeta } from './cvat-labels.codec.ts';
import { elementsOf, oddityOf, readShapes } from './cvat-shapes.codec.ts';
import { isSide, keptOf } from './json-objects.codec.ts';
import { createReading, foreignFields, photoPath, type Reading } from './row-reading.codec.ts';
import { cutXml, type XmlCut } from './xml-cutting.codec.ts';
import { attributeOf, parseXml, type XmlElement, xmlAttributes, xmlOfJson } from './xml-elements.codec.ts';

/**
 * CVAT for images 1.1: one XML file of photos with boxes (turned about their centre), polygons, polylines, points, ellipses, masks and
 * tags, with attributes as the classes ask for them. Coordinates are 0-based edges in pixels, as ours. CVAT itself writes two decimals;
 * here all of them are written.
 *
 * Photos are read one by one, so a file may be longer than the memory; a photo whose XML is broken fails alone. Tracks of videos, skeletons
 * and cuboids are told, not flattened.
 */
export const cvatCodec: AnnotationCodec = {
  format: 'cvat',
  modality: 'image',
  layout: 'file',
  ending: 'xml',
  holds: {
    shapes: ['box', 'rotated-box', 'polygon', 'polyline', 'point', 'ellipse', 'mask', 'tag'],
    attributes: true,
    proposals: false,
    emptyItems: true,
    sizes: true,
  },
  choices: [],
  likeness,
  parse,
  write,
};

const breatheEvery = 50;

function likeness(path: string, head: string): number {
  if (!path.toLowerCase().endsWith('.xml') || !/<annotations[\s>]/.test(head)) return 0;
  return /<image\s[^>]*\bname=|<version>1\.1<\/version>/.test(head) ? 0.95 : 0.4;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const items: ParsedItem[] = [];
  let extra: Fields = {};
  let first: CodecError | null = null;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  for (const file of files) {
    if (!file.path.toLowerCase().endsWith('.xml')) continue;
    try {
      const meta = await parseFile(reading, file, items, (done) => context.breathe(before + done, total));
      if (Object.keys(extra).length === 0) extra = meta;
      else if (Object.keys(meta).length > 0) reading.loss.add('field');
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      first ??= error;
      reading.fail(placeIn(file.path, error), error.problem as FailReason);
    }
    before += file.size;
  }
  if (first !== null && items.length === 0 && files.length === 1) throw first;
  return reading.result(items, Object.keys(extra).length === 0 ? {} : { cvat: { meta: extra } });
}

function placeIn(path: string, error: CodecError): string {
  const line = /\d+/.exec(error.place)?.[0];
  return line === undefined ? path : `${path}:${line}`;
}

/** Reads one file's photos into the items; answers what it says of itself. */
async function parseFile(
  reading: Reading,
  file: SourceFile,
  items: ParsedItem[],
  breathe: (done: number) => Promise<void>,
): Promise<Fields> {
  const cuts = cutXml(piecesOf(file), ['image', 'track']);
  let meta: Fields | null = null;
  let [seen, done] = [0, 0];
  for (;;) {
    const next = await cuts.next();
    if (next.done) {
      const { text, openSince } = next.value;
      if (openSince !== null) reading.fail(`${file.path}:${openSince}`, 'not-xml');
      // Where the last photo is not closed, nothing behind it is.
      const root = openSince === null ? parseXml(text) : null;
      return meta ?? (root === null ? {} : metaOfRoot(reading, root, file.path));
    }
    const cut = next.value;
    if (cut.name === 'head') meta = readHead(reading, cut, file.path);
    else if (cut.name === 'track') reading.fail(`${file.path}:${cut.line}`, 'video-track');
    else await readImage(reading, cut, file.path, items);
    done += cut.text.length;
    seen += 1;
    if (seen % breatheEvery === 0) await breathe(done);
  }
}

/** What comes before the first photo, closed so that it can be read. @throws CodecError */
function readHead(reading: Reading, { text }: XmlCut, path: string): Fields {
  return metaOfRoot(reading, parseXml(`${text}</annotations>`), path);
}

function metaOfRoot(reading: Reading, root: XmlElement, path: string): Fields {
  if (root.name !== 'annotations') throw new CodecError('not-this-format');
  return readMeta(reading, root, path);
}

const imageFields = new Set(['name', 'width', 'height']);

async function readImage(reading: Reading, cut: XmlCut, path: string, items: ParsedItem[]): Promise<void> {
  let element: XmlElement;
  try {
    element = parseXml(cut.text, cut.line);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    reading.fail(placeIn(path, error), error.problem as FailReason);
    return;
  }
  const where = `${path}:${cut.line}`;
  const name = reading.attempt(where, () => photoPath(attributeOf(element, 'name') ?? ''));
  if (name === undefined) return;
  const [width, height] = [Number(attributeOf(element, 'width')), Number(attributeOf(element, 'height'))];
  const size = isSide(width) && isSide(height) ? { width, height } : await reading.context.imageSize(name);
  if (size === null) reading.loss.add('size-unknown');
  const { extra, dropped } = extraFields({ ...element.attributes }, imageFields);
  if (dropped > 0) reading.loss.add('field', dropped);
  const kept = Object.keys(extra).length === 0 ? {} : { cvat: extra };
  items.push({ where, name, size, shapes: readElements(reading, element, path), extra: kept });
}

/** Shapes in order of their depth; of the same depth, in that of the file. */
function readElements(reading: Reading, image: XmlElement, path: string): Shape[] {
  const read = image.children.flatMap((element, i) => {
    const where = `${path}:${element.line}`;
    const odd = oddityOf(element);
    if (odd !== null) {
      reading.fail(where, odd);
      return [];
    }
    return reading.attempt(where, () => readShapes(reading, element, i)) ?? [];
  });
  return read.sort((a, b) => a.depth - b.depth).flatMap(({ shapes }) => shapes);
}

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const { meta, ...others } = keptOf(source, 'cvat');
  const foreign = foreignFields(source.extra, 'cvat') + Object.keys(others).length;
  if (foreign > 0) loss.add('field', foreign);
  const fields = metaOf(isPlainObject(meta) ? meta : {}, source.labels, loss);
  yield {
    path: '',
    text: `<?xml version="1.0" encoding="utf-8"?>\n<annotations>\n  <version>1.1</version>\n${xmlOfJson('meta', fields, '  ')}`,
  };
  const specs = new Map(source.labels.map(({ key, attributes }) => [key, attributes ?? []]));
  const giveId = createImageIds();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const written = elementsOf(item.shapes, (label) => specs.get(label) ?? [], loss);
    items += 1;
    objects += written.objects;
    const head = imageHead(item, giveId, loss);
    yield { path: '', text: written.text === '' ? `${head}/>\n` : `${head}>\n${written.text}  </image>\n` };
  }
  yield { path: '', text: '</annotations>\n' };
  return { items, objects, loss: loss.list() };
}

/** Kept numbers of photos while they are free, else the next above all that were given. */
function createImageIds() {
  const given = new Set<number>();
  let next = 0;
  return (kept: unknown): number => {
    const wanted = typeof kept === 'string' && /^\d{1,15}$/.test(kept) ? Number(kept) : null;
    const id = wanted !== null && !given.has(wanted) ? wanted : next;
    given.add(id);
    while (given.has(next)) next += 1;
    return id;
  };
}

function imageHead(item: ExchangeItem, giveId: (kept: unknown) => number, loss: LossCounter): string {
  const { id, ...kept } = keptOf(item, 'cvat');
  const foreign = foreignFields(item.extra, 'cvat');
  if (foreign > 0) loss.add('field', foreign);
  if (item.size === null) loss.add('size-unknown');
  if (item.proposals !== undefined && item.proposals.length > 0) loss.add('proposal', item.proposals.length);
  const fields = { id: giveId(id), name: item.name, ...kept, ...item.size };
  return `  <image${xmlAttributes(fields)}`;
}
