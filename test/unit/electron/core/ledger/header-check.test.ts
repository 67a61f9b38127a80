import { describe, expect, it } from 'vitest';
import { headerText, parseHeader } from '#shared/proofs/header.ts';
import { checkHeader } from '#electron/core/ledger/header-check.ts';
import type { SaidRow } from '#electron/repositories/entries.repository.ts';
import { sampleHeader } from '#test/support/sample-header.ts';
import { seeded } from '#test/support/seeded.ts';

const random = seeded(20261122);
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const uuid = (n: number) => `0199${n.toString(16).padStart(4, '0')}-0000-7000-8000-00000000000${n % 10}`;

/** Headers of every shape that the fields may take. */
function madeHeader(n: number) {
  return {
    ...sampleHeader('5e'.repeat(32)),
    id: uuid(n),
    amends: pick([null, uuid(n + 1)]),
    group: pick([null, uuid(n + 2)]),
    occurred_start: pick(['2024-02-29T23:59:59.999Z', '2026-11-22T08:00:00.000Z', '2000-02-29T00:00:00.000Z']),
    occurred_end: pick([null, '2026-12-31T23:59:59.000Z']),
    offset: pick([0, 480, -300, 1080, -1080]),
    source: pick(['measured', 'stated', 'imported'] as const),
    subjects: Array.from({ length: pick([0, 1, 2, 101, 150]) }, (_, at) => uuid(at)),
    version: pick([1, 12]),
    zone: pick(['Asia/Shanghai', 'America/Argentina/Buenos_Aires', 'Etc/GMT+8', 'UTC']),
  } as Parameters<typeof headerText>[0];
}

/** One small change in one of the values or names, long or short, which mostly is no header afterwards. */
function altered(text: string): string {
  const token = pick([...text.matchAll(/"[^"]*"|-?\d+|null|[[\]{}]/g)].slice(0, 40));
  const at = token.index + Math.floor(random() * (token[0].length + 1));
  const other = pick([...'0123456789abfz"\\:,-+.TZ {}[]é\n', '\\u0061', '00', '1e3', 'null', '']);
  return text.slice(0, at) + other + text.slice(at + pick([0, 1, 1, 2]));
}

/** What the check says of a text, its columns being what the text's own reading says. */
function checked(text: string, columns: SaidRow) {
  const told: string[] = [];
  const header = checkHeader({ ...columns, header: text }, (what, _seq, detail) => told.push(`${what}: ${detail}`));
  return { header, told };
}

function columnsOf(header: ReturnType<typeof parseHeader>): SaidRow {
  const { group, subjects, ...same } = header;
  return { ...same, seq: 0, header: '', project_id: subjects[0] ?? null, group_id: group } as SaidRow;
}

const read = (text: string) => {
  try {
    return parseHeader(text);
  } catch {
    return null;
  }
};

describe('a header that is checked by its shape', () => {
  it('says what reading it says', () => {
    for (let n = 0; n < 300; n += 1) {
      const header = madeHeader(n);
      const { header: said, told } = checked(headerText(header), columnsOf(header));
      expect(told).toEqual([]);
      expect(header).toMatchObject(said ?? {});
      expect(said).not.toBeNull();
    }
  });

  it('is refused exactly where reading it is, and says the same where it is not', () => {
    let [refused, taken] = [0, 0];
    for (let n = 0; n < 5000; n += 1) {
      const text = altered(headerText(madeHeader(n % 300)));
      const whole = read(text);
      const { header, told } = checked(text, columnsOf(whole ?? madeHeader(n % 300)));
      expect(header === null, text).toBe(whole === null);
      if (whole === null) refused += 1;
      else {
        taken += 1;
        expect(told, text).toEqual([]);
        expect(whole, text).toMatchObject(header ?? {});
      }
    }
    expect(refused).toBeGreaterThan(2000);
    expect(taken).toBeGreaterThan(200);
  });

  it.each(['2026-02-29', '2025-02-30', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00', '2026-01-32'])(
    'has no day %s',
    (day) => {
      const header = { ...madeHeader(1), occurred_start: `${day}T08:00:00.000Z` };
      expect(checked(headerText(header), columnsOf(header)).told).toHaveLength(1);
    },
  );

  it('tells of a column that says something else', () => {
    const header = madeHeader(2);
    const columns = columnsOf(header);
    for (const name of [
      'id',
      'kind',
      'source',
      'occurred_start',
      'occurred_end',
      'recorded_at',
      'amends',
      'group_id',
    ]) {
      const { told } = checked(headerText(header), { ...columns, [name]: 'else' });
      expect(told).toEqual([`column: ${name} is not what the header says`]);
    }
    expect(checked(headerText(header), { ...columns, project_id: uuid(9999) } as SaidRow).told).toEqual([
      'column: project_id is none of the subjects',
    ]);
  });
});
