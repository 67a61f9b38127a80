import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Json } from '../../domain/json.ts';
import { CodecError } from '../codec.ts';
import { isPlainObject } from '../json-text.ts';

/** An element of an XML file, with its children in the order of the file. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly XmlElement[];
  /** Everything written directly inside of it. */
  text: string;
  /** Line of the file where it begins, from 1. */
  line: number;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Characters by name or number. Nothing else is ever expanded: what a file declares itself could grow without end or reach for other
 * files.
 */
function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (all, name, dec, hex) => {
    if (name !== undefined) return named[name as string]!;
    const code = dec === undefined ? Number.parseInt(hex as string, 16) : Number(dec);
    const isCharacter = code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff);
    return isCharacter ? String.fromCodePoint(code) : all;
  });
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  // Names such as "1e5" and "007" stay as they are; numbers are read where one is wanted.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  captureMetaData: true,
  jPath: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: true,
  entityDecoder: {
    setExternalEntities: () => undefined,
    addInputEntities: () => undefined,
    reset: () => undefined,
    setXmlVersion: () => undefined,
    decode: decodeReferences,
  },
});
const metaData = XMLParser.getMetaDataSymbol() as unknown as symbol;

/** A node as the parser gives it: one key for its name, `:@` for its attributes. */
type Node = Record<string, unknown> & { [metaData]?: { startIndex?: number } };

/**
 * Reads XML whole.
 * @param firstLine line of the file at which the text begins
 * @throws CodecError `not-xml` with the line, `entities-refused` for files that declare entities of their own
 */
export function parseXml(text: string, firstLine = 1): XmlElement {
  const entity = text.indexOf('<!ENTITY');
  if (entity >= 0) throw new CodecError('entities-refused', `line ${firstLine + countLines(text, 0, entity)}`);
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new CodecError('not-xml', `line ${firstLine + valid.err.line - 1}`);
  let nodes: Node[];
  try {
    nodes = parser.parse(text) as Node[];
  } catch {
    // Names that could reach into the language itself, or nesting beyond any annotation file.
    throw new CodecError('not-xml', `line ${firstLine}`);
  }
  const lines = createLineFinder(text, firstLine);
  const roots = nodes.filter((node) => nameOf(node) !== '#text').map((node) => elementOf(node, lines));
  if (roots.length !== 1) throw new CodecError('not-xml', `line ${roots[1]?.line ?? firstLine}`);
  return roots[0]!;
}

/** How many lines end between two places of a text. */
export function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

/** Lines of places that are asked for in rising order. */
function createLineFinder(text: string, firstLine: number) {
  let [line, seen] = [firstLine, 0];
  return (at: number): number => {
    if (at > seen) {
      line += countLines(text, seen, at);
      seen = at;
    }
    return line;
  };
}

const nameOf = (node: Node): string => Object.keys(node).find((key) => key !== ':@') ?? '#text';

function elementOf(node: Node, lineAt: (at: number) => number): XmlElement {
  const name = nameOf(node);
  const line = lineAt(node[metaData]?.startIndex ?? 0);
  const children: XmlElement[] = [];
  let text = '';
  for (const child of (node[name] as Node[]) ?? []) {
    if (nameOf(child) === '#text') text += String(child['#text'] ?? '');
    else children.push(elementOf(child, lineAt));
  }
  return { name, attributes: (node[':@'] as Record<string, string>) ?? {}, children, text, line };
}

/** The first child of a name. */
export function childOf(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** What a child of a name says, without the space around it; undefined where there is none. */
export function textOf(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text.trim();
}

/** An attribute of an element, own ones only. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
}

/**
 * An element as a value that can be kept: its text when it has nothing else; otherwise a field for each child (a list where a name
 * repeats), `@name` for attributes and `#text` for text beside children.
 */
export function jsonOfElement(element: XmlElement): Json {
  const attributes = Object.entries(element.attributes).map(([name, value]): [string, Json] => [`@${name}`, value]);
  if (element.children.length === 0 && attributes.length === 0) return element.text.trim();
  const byName = new Map<string, Json[]>();
  for (const child of element.children) {
    const same = byName.get(child.name);
    if (same === undefined) byName.set(child.name, [jsonOfElement(child)]);
    else same.push(jsonOfElement(child));
  }
  const children = [...byName].map(([name, values]): [string, Json] => [
    name,
    values.length === 1 ? values[0]! : values,
  ]);
  const text = element.text.trim();
  return Object.fromEntries([...attributes, ...children, ...(text === '' ? [] : [['#text', text] as [string, Json]])]);
}

/** What XML can't say even by number is left out as U+FFFD. */
// oxlint-disable-next-line no-control-regex
const unsayable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const plain = /^[\w .,;:/#()+-]*$/;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands inside an element or attribute; line breaks by number, because readers make spaces of them. */
export function xmlText(text: string): string {
  // Most are numbers and plain names.
  if (plain.test(text)) return text;
  return text
    .toWellFormed()
    .replace(unsayable, '\uFFFD')
    .replace(/[&<>"]/g, (char) => escapes[char]!)
    .replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);
}

const nameForm = /^[\p{L}_][\p{L}\p{N}._-]*$/u;

/** Attributes as they stand in a tag, each with a space before it; fields whose names are none are left out. */
export function xmlAttributes(fields: { readonly [name: string]: Json }): string {
  return Object.entries(fields)
    .filter(([name]) => nameForm.test(name))
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}

/** An element and what lies in it, as `jsonOfElement` keeps it, in lines with two spaces for each level. */
export function xmlOfJson(name: string, value: Json, indent = ''): string {
  // A field that is no name of an element can only have come from elsewhere.
  if (!nameForm.test(name)) return '';
  if (Array.isArray(value)) return value.map((one) => xmlOfJson(name, one, indent)).join('');
  if (!isPlainObject(value)) return `${indent}<${name}>${xmlText(value === null ? '' : String(value))}</${name}>\n`;
  const fields = Object.entries(value);
  const attributes = fields.filter(([key]) => key.startsWith('@'));
  const children = fields.filter(([key]) => !key.startsWith('@') && key !== '#text');
  const head = `${name}${xmlAttributes(Object.fromEntries(attributes.map(([key, text]) => [key.slice(1), text])))}`;
  const text = Object.hasOwn(value, '#text') ? xmlText(String(value['#text'])) : '';
  if (children.length === 0) return `${indent}<${head}>${text}</${name}>\n`;
  const inner = children.map(([key, child]) => xmlOfJson(key, child, `${indent}  `)).join('');
  return `${indent}<${head}>${text}\n${inner}${indent}</${name}>\n`;
}
