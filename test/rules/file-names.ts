// How files are called: `<feature>[-<detail>].<role>.ts(x)`, each role in its folder.

interface RoleHome {
  role: string;
  /** Where files of this role lie, and nothing else does unless `others` allows it. */
  folder: RegExp;
  /** Files in the folder that may go without the role. */
  others?: RegExp;
}

const homes: readonly RoleHome[] = [
  {
    role: 'contract',
    folder: /^shared\/contract\//,
    others: /^shared\/contract\/(define|contract|errors|topics)\.ts$/,
  },
  { role: 'rules', folder: /^shared\/rules\// },
  { role: 'metric', folder: /^shared\/metrics\// },
  {
    role: 'codec',
    folder: /^shared\/codecs\//,
    others: /^shared\/codecs\/(codec|json-text|annotation-(codecs|formats)|text\/text-(codec|codecs|formats))\.ts$/,
  },
  { role: 'service', folder: /^electron\/services\// },
  { role: 'repository', folder: /^electron\/repositories\// },
  { role: 'projection', folder: /^electron\/projections\// },
  { role: 'store', folder: /^renderer\//, others: /./ },
  { role: 'action', folder: /^renderer\//, others: /./ },
  { role: 'tool', folder: /^renderer\/(canvas|audio)\//, others: /./ },
  { role: 'state', folder: /^renderer\/(canvas|audio)\//, others: /./ },
  { role: 'shape', folder: /^renderer\/(canvas|audio)\//, others: /./ },
  { role: 'test', folder: /^test\/(unit|rules|conformance)\//, others: /^test\/(rules|conformance)\// },
  { role: 'subject', folder: /^test\/conformance\//, others: /./ },
  { role: 'spec', folder: /^test\/e2e\//, others: /^test\/e2e\/support\// },
  { role: 'bench', folder: /^test\/bench\//, others: /./ },
];

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const vague = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc', 'index']);

/**
 * What is wrong with the name or place of a source file; empty when nothing is.
 * @param path relative to the program's folder
 */
export function checkFileName(path: string): string[] {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const [stem = '', ...roles] = file.replace(/(\.d)?\.(ts|tsx|mjs)$/, '').split('.');
  const problems: string[] = [];
  if (!kebab.test(stem)) problems.push(`${path}: write names in kebab-case`);
  if (vague.has(stem)) problems.push(`${path}: the name says nothing; name what it holds`);
  // A test carries the whole name of what it tests: returns.rules.test.ts.
  const role = roles.at(-1);
  const inner = roles.slice(0, -1);
  const known = homes.find((home) => home.role === role);
  if (role !== undefined && !known) problems.push(`${path}: there is no role "${role}"`);
  if (known && !known.folder.test(path)) problems.push(`${path}: files of the role "${role}" lie elsewhere`);
  if (inner.length > (role === 'test' ? 1 : 0)) problems.push(`${path}: one role is enough`);
  for (const home of homes) {
    if (home.folder.test(path) && role !== home.role && !home.others?.test(path)) {
      problems.push(`${path}: this folder holds files of the role "${home.role}"`);
    }
  }
  return problems;
}

/**
 * Whether a test of test/unit stands where its subject does: a file of that name, or a folder, when it tests several.
 * @param sources paths of the product
 */
export function mirrorsSource(testPath: string, sources: readonly string[]): boolean {
  const subject = testPath.slice('test/unit/'.length).replace(/\.test\.tsx?$/, '');
  const folder = subject.slice(0, subject.lastIndexOf('/') + 1);
  return folder !== '' && sources.some((source) => source.startsWith(folder));
}
