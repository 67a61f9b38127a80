// Checks that the locale files and the sources speak of the same sentences.
//
// A key counts as used when the sources hold it as a string, `t('settings.title')` or `labelKey: 'settings.title'`, or
// when a template names where it lies: `errors.${code}` uses every key below `errors.`, so what is put into a template
// must be checked by itself (the error codes are, below).
import { literalText, lineAt, type SourceModule, type SyntaxNode, visit } from './source-modules.ts';

/** Sentences by full key. */
export type Sentences = ReadonlyMap<string, string>;

/** Makes one level of a locale file. */
export function flatten(tree: unknown, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  if (typeof tree !== 'object' || tree === null) throw new Error(`${prefix || 'a locale file'} is no object`);
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [inner, sentence] of flatten(value, `${prefix}${key}.`)) found.set(inner, sentence);
  }
  return found;
}

const pluralForm = /_(zero|one|two|few|many|other)$/;

/** The key as the sources name it: without the plural form that i18next chooses. */
export function baseKey(key: string): string {
  return key.replace(pluralForm, '');
}

/** Keys that only one of two languages has. */
export function unevenKeys(a: Sentences, b: Sentences): string[] {
  const [inA, inB] = [new Set([...a.keys()].map(baseKey)), new Set([...b.keys()].map(baseKey))];
  return [...difference(inA, inB), ...difference(inB, inA)];
}

/** What only the first of two sets holds. */
function difference(a: ReadonlySet<string>, b: ReadonlySet<string>): string[] {
  return [...a].filter((each) => !b.has(each));
}

/** Names in double braces, over all plural forms of a key. */
function placeholders(sentences: Sentences): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key, sentence] of sentences) {
    const names = found.get(baseKey(key)) ?? new Set<string>();
    for (const [, name = ''] of sentence.matchAll(/\{\{-?\s*(\w+)[^}]*\}\}/g)) names.add(name);
    found.set(baseKey(key), names);
  }
  return found;
}

/** Keys whose sentences do not take the same details in both languages. */
export function unevenPlaceholders(a: Sentences, b: Sentences): string[] {
  const other = placeholders(b);
  return [...placeholders(a)]
    .filter(([key, names]) => {
      const others = other.get(key);
      return others && difference(names, others).length + difference(others, names).length > 0;
    })
    .map(([key]) => key);
}

/** What the sources say about keys. */
export interface KeyUse {
  /** Every string in the sources. */
  strings: Set<string>;
  /** Templates with a fixed first part, as patterns over keys. */
  patterns: RegExp[];
  /** Strings that can be nothing but keys, with where they stand. */
  certain: { key: string; place: string }[];
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);

/** The pattern of a template such as `errors.${code}`, or undefined when it does not begin with a part of a key. */
function templatePattern(node: SyntaxNode): RegExp | undefined {
  const quasis = node['quasis'] as { value: { cooked: string } }[];
  const parts = quasis.map((quasi) => quasi.value.cooked);
  if (parts.length < 2 || !/^[a-zA-Z][\w-]*\.([\w-]+\.)*[\w-]*$/.test(parts[0] ?? '')) return undefined;
  return new RegExp(`^${parts.map(escape).join('.+')}$`);
}

/** Names of the functions that take a key first. */
const translators = new Set(['t', 'say', 'translate']);

function calledName(callee: SyntaxNode): unknown {
  return callee.type === 'MemberExpression' ? (callee['property'] as SyntaxNode)['name'] : callee['name'];
}

/** Collects what the sources say about keys. */
export function keyUse(modules: readonly SourceModule[]): KeyUse {
  const use: KeyUse = { strings: new Set(), patterns: [], certain: [] };
  for (const { path, text, program } of modules) {
    const certain = (node: unknown) => {
      const key = literalText(node);
      if (key !== undefined) use.certain.push({ key, place: `${path}:${lineAt(text, (node as SyntaxNode).start)}` });
    };
    visit(program, (node) => {
      const string = literalText(node);
      if (string !== undefined) use.strings.add(string);
      if (node.type === 'TemplateLiteral') {
        const pattern = templatePattern(node);
        if (pattern) use.patterns.push(pattern);
      }
      if (node.type === 'CallExpression' && translators.has(String(calledName(node['callee'] as SyntaxNode)))) {
        certain((node['arguments'] as unknown[])[0]);
      }
      if (node.type === 'JSXAttribute' && (node['name'] as SyntaxNode)['name'] === 'i18nKey') certain(node['value']);
      if (node.type === 'Property' && /^(label|title|description|message)Key$/.test(propertyName(node))) {
        certain(node['value']);
      }
    });
  }
  return use;
}

function propertyName(node: SyntaxNode): string {
  const key = node['key'] as SyntaxNode;
  return literalText(key) ?? (typeof key['name'] === 'string' ? key['name'] : '');
}

/** Keys that nothing in the sources can be asking for. */
export function unusedKeys(sentences: Sentences, use: KeyUse): string[] {
  return [...sentences.keys()].filter((key) => {
    const base = baseKey(key);
    return !use.strings.has(base) && !use.strings.has(key) && !use.patterns.some((pattern) => pattern.test(base));
  });
}

/** Keys asked for that do not exist, with where. */
export function missingKeys(sentences: Sentences, use: KeyUse): string[] {
  const known = new Set([...sentences.keys()].map(baseKey));
  return use.certain.filter(({ key }) => !known.has(key)).map(({ key, place }) => `${key} (${place})`);
}

const han = /\p{Script=Han}/u;

/** Names of languages, which a language keeps in the other's list. */
const ownNames = new Set(['中文', '简体中文', '中文（简体）']);

/** English sentences with Chinese characters in them. */
export function chineseInEnglish(english: Sentences): string[] {
  return [...english].filter(([, sentence]) => han.test(sentence) && !ownNames.has(sentence)).map(([key]) => key);
}

/** Chinese sentences that are the English ones still; names and abbreviations are the same in both. */
export function untranslated(chinese: Sentences, english: Sentences): string[] {
  return [...chinese]
    .filter(([key, sentence]) => sentence === english.get(key) && !han.test(sentence) && /[a-z]{3,} |: /.test(sentence))
    .map(([key]) => key);
}

const spokenAttributes = /^(title|label|placeholder|alt|description|aria-label|aria-description|error)$/;
const hasWords = /\p{L}{2,}/u;

/** Words written into a screen instead of into the locale files, with where. */
export function wordsInCode(modules: readonly SourceModule[]): string[] {
  const found: string[] = [];
  for (const { path, text, program } of modules) {
    const report = (node: SyntaxNode, words: string) => {
      found.push(`${path}:${lineAt(text, node.start)} ${words.trim()}`);
    };
    visit(program, (node) => {
      const string = literalText(node);
      if (string !== undefined && han.test(string) && !ownNames.has(string)) report(node, string);
      if (node.type === 'TemplateElement') {
        const { cooked } = node['value'] as { cooked: string };
        if (han.test(cooked)) report(node, cooked);
      }
      if (node.type === 'JSXText' && hasWords.test(String(node['value']))) report(node, String(node['value']));
      if (node.type === 'JSXAttribute' && spokenAttributes.test(String((node['name'] as SyntaxNode)['name']))) {
        const words = literalText(node['value']);
        if (words !== undefined && hasWords.test(words) && !han.test(words)) report(node, words);
      }
    });
  }
  return found;
}
