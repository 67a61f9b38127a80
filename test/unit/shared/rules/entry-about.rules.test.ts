import { expect, it } from 'vitest';
import { entryKindNames } from '#shared/domain/entry-kinds.ts';
import { entryAbout } from '#shared/rules/entry-about.rules.ts';

it('takes a name, a number, or the first line of a text', () => {
  expect(entryAbout('project.created', { name: '街景' })).toBe('街景');
  expect(entryAbout('ledger.checkpoint', { size: 12 })).toBe('12');
  expect(entryAbout('return.received', { reason: '  Two boxes are loose.\nSee rule 3.' })).toBe('Two boxes are loose.');
});

it('cuts long texts between letters, never within one', () => {
  const about = entryAbout('return.received', { reason: '𠮷'.repeat(300) });
  expect(Array.from(about ?? '')).toHaveLength(120);
  expect(about?.isWellFormed()).toBe(true);
  expect(about?.endsWith('…')).toBe(true);
});

it('says nothing of what was erased, is empty, or has no words', () => {
  expect(entryAbout('project.created', {})).toBeNull();
  expect(entryAbout('return.received', { reason: ' \n ' })).toBeNull();
  expect(entryAbout('judgement.sealed', { judgement: 'x' })).toBeNull();
});

it('knows every kind that has something to say', () => {
  const silent = ['entry.amended', 'entry.voided', 'entry.superseded', 'judgement.sealed'];
  const probe = new Proxy({}, { get: () => 'word', has: () => true });
  const telling = entryKindNames.filter((kind) => {
    let asked = '';
    entryAbout(kind, new Proxy(probe, { get: (_target, name) => ((asked = String(name)), 'word') }));
    return asked !== '';
  });
  expect(entryKindNames.filter((kind) => !telling.includes(kind)).sort()).toEqual(silent.sort());
});
