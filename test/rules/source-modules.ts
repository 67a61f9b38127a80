// Reads the program's sources as a graph of modules. The tree is a map from path to text, so that a test can check the
// checker on a tree of a few lines.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { parseSync } from 'vite';

/** Source text by path, relative to the program's folder, with `/`. */
export type SourceTree = ReadonlyMap<string, string>;

export interface ImportEdge {
  /** As written. */
  specifier: string;
  /** Path of the imported file when it belongs to the program, else null. */
  file: string | null;
  /** Name of the imported package, `node:` for what Node brings, else null. */
  package: string | null;
  /** Whether it disappears at run time. */
  typeOnly: boolean;
}

export interface SourceModule {
  path: string;
  text: string;
  imports: ImportEdge[];
  program: SyntaxNode;
}

/** A node of the syntax tree, seen loosely: the rules look at a handful of kinds among hundreds. */
export interface SyntaxNode {
  type: string;
  start: number;
  [property: string]: unknown;
}

const sourceFile = /\.(ts|tsx|mjs)$/;

/** All source files below some folders of the program. */
export function readTree(root: string, folders: readonly string[]): SourceTree {
  const tree = new Map<string, string>();
  for (const folder of folders) {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !sourceFile.test(entry.name)) continue;
      const full = join(entry.parentPath.replaceAll('\\', '/'), entry.name);
      tree.set(full.slice(root.length + 1), readFileSync(full, 'utf8'));
    }
  }
  return tree;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** Visits every node of a syntax tree, parents first. */
export function visit(node: SyntaxNode, visitor: (node: SyntaxNode) => void): void {
  visitor(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) visit(child, visitor);
    }
  }
}

/** The text of a plain string literal, else undefined. */
export function literalText(node: unknown): string | undefined {
  return isNode(node) && node.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : undefined;
}

function packageOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

function edge(from: string, specifier: string, typeOnly: boolean): ImportEdge {
  const inside = specifier.startsWith('.')
    ? normalize(join(dirname(from), specifier))
    : specifier.startsWith('#')
      ? specifier.slice(1)
      : null;
  return { specifier, file: inside, package: inside === null ? packageOf(specifier) : null, typeOnly };
}

/**
 * Whether an `import` or `export ... from` leaves nothing behind at run time. One whose every name is marked `type` does
 * leave something: the file is still loaded.
 */
function isTypeOnly(node: SyntaxNode): boolean {
  return node['importKind'] === 'type' || node['exportKind'] === 'type';
}

/** Imports in every form: static, re-export, dynamic with a literal, and in types. */
function importsOf(path: string, program: SyntaxNode): ImportEdge[] {
  const edges: ImportEdge[] = [];
  visit(program, (node) => {
    const specifier = literalText(node['source']);
    if (specifier === undefined) return;
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        edges.push(edge(path, specifier, isTypeOnly(node)));
        break;
      case 'ImportExpression':
        edges.push(edge(path, specifier, false));
        break;
      case 'TSImportType':
        edges.push(edge(path, specifier, true));
        break;
    }
  });
  return edges;
}

/** Parses every file of a tree. */
export function parseTree(tree: SourceTree): SourceModule[] {
  return [...tree].map(([path, text]) => {
    const parsed = parseSync(path, text);
    if (parsed.errors.length > 0) throw new Error(`${path}: ${parsed.errors[0]?.message}`);
    const program = parsed.program as unknown as SyntaxNode;
    return { path, text, program, imports: importsOf(path, program) };
  });
}

/** The line, counted from 1, on which a position lies. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length;
}
