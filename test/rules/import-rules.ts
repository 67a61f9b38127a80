import type { ImportEdge, SourceModule } from './source-modules.ts';

/** Who may not import what. Every rule carries its reason, which is printed with a violation. */
export interface ImportRule {
  name: string;
  reason: string;
  /** The files it binds. */
  from: RegExp;
  /** Files it does not bind although `from` matches. */
  exceptFrom?: RegExp;
  /** Imported files it forbids; `same` is what the first group of `from` captured, and `{same}` stands for it. */
  file?: RegExp;
  /** Imported files it allows although `file` matches; `{same}` in it stands for the first group of `from`. */
  exceptFile?: string;
  /** Imported packages it forbids; `node:` stands for everything Node brings. */
  package?: RegExp;
}

export interface Violation {
  rule: string;
  message: string;
}

export const importRules: readonly ImportRule[] = [
  {
    name: 'shared-runs-anywhere',
    reason:
      'shared/ is the language between window, core and scripts; what needs Node or a screen cannot be spoken there',
    from: /^shared\//,
    file: /^(electron|renderer|resources)\//,
    package: /^(node:|electron|better-sqlite3|fabric|wavesurfer\.js|react.*|i18next|zustand|@mantine\/.*|@tabler\/.*)$/,
  },
  {
    name: 'domain-is-the-ground',
    reason: 'the nouns must make sense without the operations, rules and formats that speak of them',
    from: /^shared\/domain\//,
    file: /^shared\/(?!domain\/)/,
  },
  {
    name: 'rules-are-pure-decisions',
    reason: 'a rule or a metric that knew the contract would decide by the form of a call',
    from: /^shared\/(rules|metrics|proofs)\//,
    file: /^shared\/contract\//,
    exceptFile: '^shared/contract/errors\\.ts$',
  },
  {
    name: 'window-talks-through-the-contract',
    reason: 'the renderer is sandboxed and the core may run in another process; only shared/ and resources/ reach both',
    from: /^renderer\//,
    file: /^electron\//,
    package: /^(node:|electron|better-sqlite3)$/,
  },
  {
    name: 'core-draws-nothing',
    reason: 'the Node side runs without a window, in a worker and in scripts',
    from: /^electron\//,
    file: /^renderer\//,
    package: /^(fabric|wavesurfer\.js|react.*|zustand|@mantine\/.*|@tabler\/.*)$/,
  },
  {
    name: 'hosts-see-only-the-core',
    reason: 'a host that knew a feature would have to be written again for every other host',
    from: /^electron\/hosts\//,
    file: /^(electron\/(services|repositories|projections|db)|shared\/(rules|metrics|codecs|proofs))\//,
  },
  {
    name: 'hosts-are-interchangeable',
    reason: 'each host can be left out of a build; what two of them need belongs to the core',
    from: /^electron\/hosts\/([^/]+)\//,
    file: /^electron\/hosts\/[^/]+\//,
    exceptFile: '^electron/hosts/{same}/',
  },
  {
    name: 'preload-is-a-bridge',
    reason:
      'a sandboxed preload script can load nothing but electron, and whatever it holds is within reach of the page',
    from: /^electron\/preload\//,
    file: /^(?!electron\/preload\/|shared\/contract\/)/,
    package: /^(?!electron$)/,
  },
  {
    name: 'services-never-import-services',
    reason: 'what two use cases share is a rule or a repository; services that call each other nest transactions',
    from: /^electron\/services\/([a-z0-9]+)/,
    file: /^electron\/services\//,
    exceptFile: '^electron/services/{same}[-./]',
  },
  {
    name: 'services-are-not-assembled-here',
    reason: 'plain constructor calls in the composition root join the parts; nothing below it reaches up',
    from: /^electron\/(services|repositories|projections|db)\//,
    file: /^electron\/(hosts|preload|launch|core\/(backend|dispatch|core-worker)\.ts)/,
  },
  {
    name: 'repositories-never-import-services',
    reason: 'a repository turns rows into records and back; deciding anything is not its work',
    from: /^electron\/(repositories|db)\//,
    file: /^electron\/services\//,
  },
  {
    name: 'features-never-import-siblings',
    reason: 'pages that share parts through each other cannot be changed apart; shared parts live in renderer/ui',
    from: /^renderer\/features\/([^/]+)\//,
    file: /^renderer\/features\//,
    exceptFile: '^renderer/features/{same}/',
  },
  {
    name: 'only-app-sees-features',
    reason: 'app/ is where pages meet; everything else in the renderer serves pages and does not know them',
    from: /^renderer\//,
    exceptFrom: /^renderer\/(app|features)\//,
    file: /^renderer\/(app|features)\//,
  },
  {
    name: 'features-do-not-reach-up',
    reason: 'app/ imports the pages; a page that imports app/ closes a circle',
    from: /^renderer\/features\//,
    file: /^renderer\/app\//,
  },
  {
    name: 'engines-ask-for-ports',
    reason: 'canvas and wave draw what they are given; fetching and deciding would tie them to one page',
    from: /^renderer\/(canvas|audio|wave)\//,
    file: /^renderer\/(client|app|features)\//,
  },
  {
    name: 'fabric-only-in-canvas',
    reason: 'a fabric object is never the truth of an annotation, so nobody else may hold one',
    from: /./,
    exceptFrom: /^(renderer\/canvas\/|test\/)/,
    package: /^fabric$/,
  },
  {
    name: 'wavesurfer-only-in-audio',
    reason: 'the same for sound: one place knows the player',
    from: /./,
    exceptFrom: /^(renderer\/audio\/|test\/)/,
    package: /^wavesurfer\.js$/,
  },
  {
    name: 'electron-only-in-its-host',
    reason: 'everything else runs where Electron cannot be installed',
    from: /./,
    exceptFrom: /^(electron\/hosts\/electron\/|electron\/preload\/|test\/)/,
    package: /^electron$/,
  },
  {
    name: 'sqlite-only-behind-repositories',
    reason: 'SQL in one layer can be read, indexed and migrated as one',
    from: /./,
    exceptFrom: /^(electron\/(db|repositories)\/|electron\/core\/backend\.ts$|test\/)/,
    package: /^better-sqlite3$/,
  },
  {
    name: 'no-tests-in-the-product',
    reason: 'what ships must not depend on what only tests bring',
    from: /^(shared|electron|renderer)\//,
    file: /^test\//,
    package: /^(vitest|@playwright\/test|fast-check|axe-core|@axe-core\/.*)$/,
  },
];

function breaks(rule: ImportRule, from: string, edge: ImportEdge): boolean {
  const bound = rule.from.exec(from);
  if (!bound || rule.exceptFrom?.test(from)) return false;
  if (edge.package !== null) return rule.package?.test(edge.package) ?? false;
  if (edge.file === null || !rule.file?.test(edge.file)) return false;
  return !(rule.exceptFile && new RegExp(rule.exceptFile.replaceAll('{same}', bound[1] ?? '')).test(edge.file));
}

/** Every import that breaks a rule. */
export function checkImports(modules: readonly SourceModule[], rules = importRules): Violation[] {
  return modules.flatMap((module) =>
    module.imports.flatMap((edge) =>
      rules
        .filter((rule) => breaks(rule, module.path, edge))
        .map((rule) => ({
          rule: rule.name,
          message: `${module.path} imports ${edge.specifier} - ${rule.name}: ${rule.reason}`,
        })),
    ),
  );
}

/** Circles of imports that exist at run time, each once, as the paths along it. */
export function findCycles(modules: readonly SourceModule[]): string[][] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const trail: string[] = [];
  const walk = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      cycles.push([...trail.slice(at), path]);
      return;
    }
    if (finished.has(path)) return;
    trail.push(path);
    for (const { file, typeOnly } of byPath.get(path)?.imports ?? []) {
      if (file !== null && !typeOnly && byPath.has(file)) walk(file);
    }
    trail.pop();
    finished.add(path);
  };
  for (const path of byPath.keys()) walk(path);
  return cycles;
}

/** Everything a file loads at run time, through however many files, with the packages it ends in. */
export function reachablePackages(modules: readonly SourceModule[], entry: string): Set<string> {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const packages = new Set<string>();
  const seen = new Set<string>();
  const walk = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const edge of byPath.get(path)?.imports ?? []) {
      if (edge.typeOnly) continue;
      if (edge.package !== null) packages.add(edge.package);
      else if (edge.file !== null) walk(edge.file);
    }
  };
  walk(entry);
  return packages;
}
