import type { Json } from '../../domain/json.ts';
import type { ExchangeItem } from '../codec.ts';
import { xmlAttributes, xmlOfJson, xmlText } from '../image/xml-elements.codec.ts';
import { isPlainObject } from '../json-text.ts';
import { exactName, type FieldKind, fieldTypes } from './eaf-fields.codec.ts';

/** Where the kept recording's own time begins in the file's. */
export function originOf(header: Json | undefined): number {
  const media = elementsOf(header).find(([name]) => name === 'MEDIA_DESCRIPTOR')?.[1];
  const origin = isPlainObject(media) ? Number(media['@TIME_ORIGIN'] ?? 0) : 0;
  return Number.isInteger(origin) ? origin : 0;
}

/** Elements that were kept, with their names, in order. */
function elementsOf(kept: Json | undefined): [string, Json][] {
  return (Array.isArray(kept) ? kept : []).flatMap((one): [string, Json][] =>
    Array.isArray(one) && typeof one[0] === 'string' && one[1] !== undefined ? [[one[0], one[1]]] : [],
  );
}

/** As ELAN names them. */
const mimeType = (name: string): string =>
  /\.wav$/i.test(name)
    ? 'audio/x-wav'
    : /\.mp3$/i.test(name)
      ? 'audio/mpeg'
      : /\.mp4$/i.test(name)
        ? 'video/mp4'
        : 'unknown';

/** What stands before the times: the recording, what was kept of the file's own header, and exact frames. */
export function headerLines(
  item: ExchangeItem,
  header: Json | undefined,
  exact: { [field: string]: Json },
  last: number,
): string {
  const kept = elementsOf(header);
  const base = item.name.slice(item.name.lastIndexOf('/') + 1);
  const media = kept.some(([name]) => name === 'MEDIA_DESCRIPTOR')
    ? ''
    : `        <MEDIA_DESCRIPTOR${xmlAttributes({ MEDIA_URL: `./${base}`, MIME_TYPE: mimeType(base), RELATIVE_MEDIA_URL: `./${base}` })}/>\n`;
  const own = kept.map(([name, value]) => xmlOfJson(name, value, '        ')).join('');
  const property = (name: string, text: string) => `        <PROPERTY NAME="${name}">${xmlText(text)}</PROPERTY>\n`;
  return (
    `    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">\n${media}${own}` +
    `${property('lastUsedAnnotationId', String(last))}${property(exactName, JSON.stringify(exact))}    </HEADER>\n`
  );
}

const constraints = [
  [
    'Time_Subdivision',
    "Time subdivision of parent annotation's time interval, no time gaps allowed within this interval",
  ],
  [
    'Symbolic_Subdivision',
    'Symbolic subdivision of a parent annotation. Annotations refering to the same parent are ordered',
  ],
  ['Symbolic_Association', '1-1 association with a parent annotation'],
  ['Included_In', "Time alignable annotations within the parent annotation's time interval, gaps are allowed"],
] as const;

/** In the order in which the schema wants them. */
const order = [
  'LINGUISTIC_TYPE',
  'LOCALE',
  'LANGUAGE',
  'CONSTRAINT',
  'CONTROLLED_VOCABULARY',
  'LEXICON_REF',
  'EXTERNAL_REF',
];

/** What stands behind the tiers: their types, and what was kept of the file's own. */
export function* closingLines(
  others: Json | undefined,
  tiers: readonly { parent: string | null; type: string }[],
  kinds: ReadonlySet<FieldKind>,
): Generator<string> {
  const kept = elementsOf(others);
  const typeId = (value: Json) => (isPlainObject(value) ? value['@LINGUISTIC_TYPE_ID'] : undefined);
  const typed = new Set(kept.filter(([name]) => name === 'LINGUISTIC_TYPE').map(([, value]) => typeId(value)));
  for (const name of order) {
    for (const [own, value] of kept) if (own === name) yield xmlOfJson(own, value, '    ');
    if (name === 'LINGUISTIC_TYPE') {
      const missing = new Set(tiers.filter(({ parent }) => parent === null).map(({ type }) => type));
      for (const type of missing)
        if (!typed.has(type))
          yield `    <LINGUISTIC_TYPE${xmlAttributes({ GRAPHIC_REFERENCES: 'false', LINGUISTIC_TYPE_ID: type, TIME_ALIGNABLE: 'true' })}/>\n`;
      for (const kind of kinds)
        yield `    <LINGUISTIC_TYPE${xmlAttributes({ CONSTRAINTS: 'Symbolic_Association', GRAPHIC_REFERENCES: 'false', LINGUISTIC_TYPE_ID: fieldTypes[kind], TIME_ALIGNABLE: 'false' })}/>\n`;
    }
    if (name === 'CONSTRAINT')
      for (const [stereotype, description] of constraints)
        yield `    <CONSTRAINT${xmlAttributes({ DESCRIPTION: description, STEREOTYPE: stereotype })}/>\n`;
  }
  yield '</ANNOTATION_DOCUMENT>\n';
}
