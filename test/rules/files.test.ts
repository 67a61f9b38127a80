import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { checkFileName, mirrorsSource } from './file-names.ts';
import { readTree } from './source-modules.ts';

/** Beyond this a file wants to be looked at; beyond the other it must be cut. */
const linesWorthALook = 400;
const mostLines = 600;

const product = readTree(appRoot, ['shared', 'electron', 'renderer']);
const tests = readTree(appRoot, ['test']);

const lineCount = (text: string) => text.split('\n').length;

describe('the files', () => {
  it('are named by feature and role, and lie where their role does', () => {
    expect([...product.keys(), ...tests.keys()].flatMap(checkFileName)).toEqual([]);
  });

  it('are short enough to be read at once', () => {
    const lengths = [...product].map(([path, text]) => ({ path, lines: lineCount(text) }));
    for (const { path, lines } of lengths.filter((file) => file.lines > linesWorthALook)) {
      console.warn(`${path} has ${lines} lines; look for the seam before adding to it`);
    }
    expect(lengths.filter(({ lines }) => lines > mostLines)).toEqual([]);
  });

  it('have their unit tests at the same place below test/unit', () => {
    const units = [...tests.keys()].filter((path) => /^test\/unit\/.*\.test\.tsx?$/.test(path));
    expect(units.filter((path) => !mirrorsSource(path, [...product.keys()]))).toEqual([]);
  });
});

describe('the check of names', () => {
  it.each([
    ['shared/rules/returns.rules.ts'],
    ['shared/contract/errors.ts'],
    ['electron/services/returns-appeal.service.ts'],
    ['renderer/features/ledger/entry-page.tsx'],
    ['renderer/canvas/tools/box/drawing.state.ts'],
    ['test/unit/shared/rules/returns.rules.test.ts'],
    ['electron/launch/start.mjs'],
  ])('accepts %s', (path) => {
    expect(checkFileName(path)).toEqual([]);
  });

  it.each([
    ['renderer/ui/EntryCard.tsx', 'kebab-case'],
    ['shared/rules/utils.rules.ts', 'says nothing'],
    ['renderer/ui/index.ts', 'says nothing'],
    ['shared/rules/returns.ts', 'this folder holds files of the role "rules"'],
    ['electron/core/returns.service.ts', 'lie elsewhere'],
    ['renderer/ui/card.widget.tsx', 'there is no role "widget"'],
    ['renderer/features/ledger/entry.store.action.ts', 'one role is enough'],
  ])('refuses %s: %s', (path, problem) => {
    expect(checkFileName(path).join()).toContain(problem);
  });

  it('finds a unit test whose subject is gone', () => {
    expect(mirrorsSource('test/unit/shared/rules/returns.rules.test.ts', ['shared/rules/returns.rules.ts'])).toBe(true);
    expect(mirrorsSource('test/unit/shared/laws/returns.rules.test.ts', ['shared/rules/returns.rules.ts'])).toBe(false);
    expect(mirrorsSource('test/unit/returns.rules.test.ts', ['shared/rules/returns.rules.ts'])).toBe(false);
  });
});
