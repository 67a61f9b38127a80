import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { checkImports, findCycles, importRules, reachablePackages } from './import-rules.ts';
import { parseTree, readTree } from './source-modules.ts';

const modules = parseTree(readTree(appRoot, ['shared', 'electron', 'renderer', 'test']));

/** The names of the rules that a file with these lines breaks. */
function broken(path: string, ...lines: string[]): string[] {
  return checkImports(parseTree(new Map([[path, lines.join('\n')]]))).map(({ rule }) => rule);
}

describe('the sources', () => {
  it('keep the rules about who imports whom', () => {
    expect(checkImports(modules).map(({ message }) => message)).toEqual([]);
  });

  it('have no circles', () => {
    expect(findCycles(modules).map((cycle) => cycle.join(' -> '))).toEqual([]);
  });

  it('can be started before anything is installed', () => {
    for (const entry of ['start', 'test', 'run', 'cli', 'ensure']) {
      expect([...reachablePackages(modules, `electron/launch/${entry}.mjs`)], entry).toEqual(['node:']);
    }
  });
});

/** For each rule, imports that it must refuse. */
const refused: Record<string, [path: string, line: string][]> = {
  'shared-runs-anywhere': [
    ['shared/rules/returns.rules.ts', `import { readFileSync } from 'node:fs';`],
    ['shared/contract/returns.contract.ts', `import type { Row } from '#electron/db/database.ts';`],
    ['shared/domain/work.ts', `export { scope } from '#renderer/lib/scope.ts';`],
  ],
  'domain-is-the-ground': [['shared/domain/work.ts', `import { query } from '../contract/define.ts';`]],
  'rules-are-pure-decisions': [
    ['shared/rules/returns.rules.ts', `import type { Input } from '#shared/contract/contract.ts';`],
  ],
  'window-talks-through-the-contract': [
    ['renderer/client/client.ts', `import { dispatch } from '#electron/core/dispatch.ts';`],
    ['renderer/ui/button.tsx', `import Database from 'better-sqlite3';`],
    ['renderer/ui/button.tsx', `const path = await import('node:path');`],
  ],
  'core-draws-nothing': [['electron/core/media.ts', `import { Fragment } from 'react';`]],
  'hosts-see-only-the-core': [
    ['electron/hosts/cli/main.ts', `import { returns } from '#electron/services/returns.service.ts';`],
    ['electron/hosts/loopback/main.ts', `import type { Row } from '../../repositories/returns.repository.ts';`],
  ],
  'hosts-are-interchangeable': [['electron/hosts/cli/serve.ts', `import { serve } from '../loopback/server.ts';`]],
  'preload-is-a-bridge': [
    ['electron/preload/preload.ts', `import { log } from '#electron/core/log.ts';`],
    ['electron/preload/preload.ts', `import { z } from 'zod';`],
  ],
  'services-never-import-services': [
    ['electron/services/returns.service.ts', `import { time } from './time.service.ts';`],
  ],
  'services-are-not-assembled-here': [
    ['electron/services/returns.service.ts', `import { createBackend } from '#electron/core/backend.ts';`],
  ],
  'repositories-never-import-services': [
    ['electron/repositories/returns.repository.ts', `type T = import('../services/returns.service.ts').T;`],
  ],
  'features-never-import-siblings': [
    ['renderer/features/ledger/page.tsx', `import { Panel } from '../settings/panel.tsx';`],
  ],
  'only-app-sees-features': [['renderer/ui/shell.tsx', `import { Page } from '#renderer/features/ledger/page.tsx';`]],
  'features-do-not-reach-up': [
    ['renderer/features/ledger/page.tsx', `import { routes } from '#renderer/app/routes.tsx';`],
  ],
  'engines-ask-for-ports': [['renderer/canvas/engine.ts', `import { call } from '#renderer/client/client.ts';`]],
  'fabric-only-in-canvas': [['renderer/features/work/page.tsx', `import type { Canvas } from 'fabric';`]],
  'wavesurfer-only-in-audio': [['renderer/ui/player.tsx', `import WaveSurfer from 'wavesurfer.js/dist/x.js';`]],
  'electron-only-in-its-host': [['electron/core/paths.ts', `import { app } from 'electron';`]],
  'sqlite-only-behind-repositories': [['electron/services/time.service.ts', `import Database from 'better-sqlite3';`]],
  'no-tests-in-the-product': [['shared/rules/time.rules.ts', `import { fake } from '#test/support/fake.ts';`]],
};

describe('the checker', () => {
  it.each(importRules.map(({ name }) => name))('%s refuses what it should', (name) => {
    expect(refused[name], `no example for ${name}`).toBeDefined();
    for (const [path, line] of refused[name] ?? []) expect(broken(path, line), `${path}: ${line}`).toContain(name);
  });

  it('lets the way through the layers pass', () => {
    expect(broken('shared/rules/returns.rules.ts', `import { z } from 'zod';`)).toEqual([]);
    expect(
      broken('electron/services/returns.service.ts', `import { rows } from '../repositories/time.repository.ts';`),
    ).toEqual([]);
    expect(broken('electron/services/returns.service.ts', `import { x } from './returns-appeal.service.ts';`)).toEqual(
      [],
    );
    expect(broken('electron/repositories/time.repository.ts', `import type Database from 'better-sqlite3';`)).toEqual(
      [],
    );
    expect(broken('renderer/features/ledger/page.tsx', `import { Row } from './row.tsx';`)).toEqual([]);
    expect(broken('renderer/app/routes.tsx', `import { Page } from '#renderer/features/ledger/page.tsx';`)).toEqual([]);
    expect(broken('electron/preload/preload.ts', `import { ipcRenderer } from 'electron';`)).toEqual([]);
  });

  it('finds a circle through three files, and passes over one of types', () => {
    const circle = [
      ['shared/a.ts', `import { b } from './b.ts'; export const a = b;`],
      ['shared/b.ts', `import { c } from '#shared/c.ts'; export const b = c;`],
      ['shared/c.ts', `export { a as c } from './a.ts';`],
    ] as const;
    expect(findCycles(parseTree(new Map(circle)))).toEqual([
      ['shared/a.ts', 'shared/b.ts', 'shared/c.ts', 'shared/a.ts'],
    ]);
    const types = [
      ['shared/a.ts', `import type { B } from './b.ts'; export type A = B;`],
      ['shared/b.ts', `import type { A } from './a.ts'; export type B = A;`],
    ] as const;
    expect(findCycles(parseTree(new Map(types)))).toEqual([]);
  });

  it('follows imports to the packages at their end', () => {
    const tree = [
      ['electron/launch/start.ts', `import './a.mjs'; import type { X } from 'zod';`],
      ['electron/launch/a.mjs', `import 'node:fs'; await import('vite');`],
    ] as const;
    expect([...reachablePackages(parseTree(new Map(tree)), 'electron/launch/start.ts')]).toEqual(['node:', 'vite']);
  });
});
