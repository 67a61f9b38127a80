import { describe, expect, it } from 'vitest';
import { type BackupReason, backupsToRemove, type KeptBackup } from '#shared/rules/backup-rotation.rules.ts';

const backup = (madeAt: string, why: BackupReason = 'daily'): KeptBackup => ({
  name: `${madeAt} ${why}`,
  madeAt,
  day: madeAt.slice(0, 10),
  why,
});
const dayBefore = (today: string, days: number) =>
  new Date(Date.parse(`${today}T12:00:00Z`) - days * 86_400_000).toISOString();
const kept = (backups: KeptBackup[], today: string) => {
  const gone = new Set(backupsToRemove(backups, today));
  return backups.filter(({ name }) => !gone.has(name));
};

describe('backupsToRemove', () => {
  const today = '2026-11-22';

  it('keeps the three newest of today', () => {
    const made = [8, 9, 10, 11, 12].map((hour) => backup(`${today}T${String(hour).padStart(2, '0')}:00:00.000Z`));
    expect(kept(made, today)).toEqual(made.slice(2));
  });

  it('keeps 7 days, 8 weeks and 12 months of a backup every day for two years', () => {
    const made = Array.from({ length: 730 }, (_, days) => backup(dayBefore(today, days)));
    const days = kept(made, today).map(({ day }) => day);
    expect(days.slice(0, 7)).toEqual(made.slice(0, 7).map(({ day }) => day));
    // Newest of its week: a Sunday, but for the running one.
    const sundays = days.slice(7).filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 0);
    expect(sundays.length).toBeGreaterThanOrEqual(7);
    expect(new Set(days.map((day) => day.slice(0, 7))).size).toBe(12);
    expect(days.length).toBeLessThanOrEqual(7 + 8 + 12);
    expect(days.at(-1)).toBe('2025-12-31');
  });

  it('counts days with a backup, so a long holiday takes none away', () => {
    const made = [0, 100, 101, 102].map((days) => backup(dayBefore(today, days)));
    expect(kept(made, today)).toEqual(made);
  });

  it('keeps those made for a reason for a month, ten of a sort', () => {
    const made = Array.from({ length: 40 }, (_, n) => backup(dayBefore(today, n / 2), 'before-restore'));
    const after = kept(made, today);
    expect(made.slice(0, 10).every((each) => after.includes(each))).toBe(true);
    expect(after.length).toBeLessThan(40);
    const old = Array.from({ length: 40 }, (_, n) => backup(dayBefore(today, 1000 + n), 'manual'));
    expect(kept([...made.slice(0, 1), ...old], today).length).toBeLessThan(20);
  });

  it('never names the newest, and nothing when there is nothing', () => {
    expect(backupsToRemove([backup('2001-01-01T00:00:00.000Z')], today)).toEqual([]);
    expect(backupsToRemove([], today)).toEqual([]);
  });
});
