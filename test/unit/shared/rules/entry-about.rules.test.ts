import { expect, it } from 'vitest';
import { entryKindNames } from '#shared/domain/entry-kinds.ts';
import type { Json } from '#shared/domain/json.ts';
import { entryAbout, translatedAbout } from '#shared/rules/entry-about.rules.ts';

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
  expect(entryAbout('judgement.sealed', { judgement: null })).toBeNull();
  expect(entryAbout('judgement.sealed', {})).toBeNull();
});

it('knows every kind that has something to say', () => {
  const silent = ['entry.amended', 'entry.voided', 'entry.superseded'];
  const probe = new Proxy({}, { get: () => 'word', has: () => true });
  const telling = entryKindNames.filter((kind) => {
    let asked = '';
    entryAbout(kind, new Proxy(probe, { get: (_target, name) => ((asked = String(name)), 'word') }));
    return asked !== '';
  });
  expect(entryKindNames.filter((kind) => !telling.includes(kind)).sort()).toEqual(silent.sort());
});

it('says what terms, bars and payments are, not only from when on', () => {
  const amount = { minor: 48_000, currency: 'CNY' };
  const terms = { effective_from: '2026-11-01', task_kind: 'night', rate: { per: 'piece', amount } };
  const about = entryAbout('terms.set', terms)!;
  expect(about).toBe('night · 480.00 CNY · per-piece · 2026-11-01');
  expect(translatedAbout(about, (word) => `<${word}>`)).toBe('night · 480.00 CNY · <per-piece> · 2026-11-01');
  expect(translatedAbout('annotating', (word) => `<${word}>`)).toBe('<annotating>');
  expect(entryAbout('terms.set', { effective_from: '2026-11-01', task_kind: null, rate: { per: 'none' } })).toBe(
    'per-none · 2026-11-01',
  );
  const bar = { operator: 'over', percent: '95.5', measuredBy: null };
  expect(entryAbout('bar.set', { effective_from: '2026-11-01', bar })).toBe('> 95.5 % · 2026-11-01');
  expect(entryAbout('pay.received', { amount, period_from: null, period_to: null, channel: 'WeChat' })).toBe(
    '480.00 CNY · WeChat',
  );
  expect(entryAbout('accuracy.reported', { for_day: '2026-11-03', percent: null, correct: 190, total: 200 })).toBe(
    '190 / 200 · 2026-11-03',
  );
  // What was erased is left out; where all was, there is nothing to say.
  expect(entryAbout('pay.deducted', { reason: 'late' })).toBe('late');
  expect(entryAbout('terms.set', {})).toBeNull();
});

it('says what was judged in short', () => {
  const about = (judgement: Json) => entryAbout('judgement.sealed', { judgement });
  expect(about('looks right\nmore')).toBe('looks right');
  expect(about({ categories: ['spam', 'ads'], reason: 'a link' })).toBe('spam, ads · a link');
  expect(about({ preferences: { overall: -2 }, shown: ['b', 'a'] })).toBe('b > a');
  expect(about({ preferences: { overall: 0, style: 1 }, shown: ['b', 'a'] })).toBe('b = a');
  expect(about({ preferences: { style: 1 }, shown: ['b', 'a'] })).toBe('style: a > b');
  expect(about({ ranking: [['c'], ['a', 'b']] })).toBe('c > a = b');
  expect(about({ ratings: { a: { helpful: 4, safe: true } } })).toBe('a: helpful 4, safe true');
  expect(about({ passages: [{ label: 'harm' }, { label: null }, { label: 'harm' }] })).toBe('harm ×2 · ×1');
  expect(about({ text: 'An answer' })).toBe('An answer');
  expect(about({ own: 1 })).toBe('{"own":1}');
  expect(about({})).toBeNull();
  const refused = about({ refused: { reason: 'too-broad', words: 'no end' } })!;
  expect(translatedAbout(refused, (word) => `<${word}>`)).toBe('<judged-refused> · <too-broad> · no end');
  const named = entryAbout(
    'judgement.sealed',
    { judgement: { refused: { reason: 'x7', words: '' } } },
    () => 'Asks for a brand',
  );
  expect(named).toBe('judged-refused · Asks for a brand');
  const bad = about({ preferences: { overall: 'both-bad' } })!;
  expect(translatedAbout(bad, (word) => `<${word}>`)).toBe('<judged-both-bad>');
});
