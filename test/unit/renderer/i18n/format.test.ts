import { describe, expect, it } from 'vitest';
import { currencyDigits } from '#renderer/i18n/format.ts';
import { formatOf } from '#renderer/i18n/use-format.ts';

const en = formatOf('en');
const zh = formatOf('zh-CN');
const plain = (text: string) => text.replaceAll(/\s/g, ' ');

describe('format', () => {
  it('writes money with the digits of its currency, exactly', () => {
    expect(en.money({ minor: 123_456, currency: 'USD' })).toBe('US$1,234.56');
    expect(zh.money({ minor: 6000, currency: 'CNY' })).toBe('¥60.00');
    expect(plain(en.money({ minor: 300, currency: 'JPY' }))).toBe('JP¥300');
    expect(en.money({ minor: -5, currency: 'EUR' })).toBe('-€0.05');
    expect(currencyDigits('KWD')).toBe(3);
  });

  it('writes durations for reading and clocks for running', () => {
    expect(en.duration(0)).toBe('0 s');
    expect(en.duration(59_499)).toBe('59 s');
    expect(en.duration(14 * 60_000)).toBe('14 min');
    expect(en.duration(64 * 60_000)).toBe('1 h 04 min');
    expect(en.duration(59.6 * 60_000)).toBe('1 h 00 min');
    expect(zh.duration(64 * 60_000)).toBe('1 小时 04 分');
    expect(en.clock(14 * 60_000 + 32_999)).toBe('00:14:32');
    expect(en.clock(27 * 3_600_000)).toBe('27:00:00');
  });

  it('shows an instant in the zone asked for and a day as that day everywhere', () => {
    expect(en.dateTime('2026-11-22T01:49:42.123Z', { zone: 'Asia/Shanghai' })).toBe('22 Nov 2026, 09:49');
    expect(en.time('2026-11-21T16:00:00.000Z', { zone: 'Asia/Shanghai', seconds: true })).toBe('00:00:00');
    expect(zh.date('2026-11-22', 'America/New_York')).toBe('2026年11月22日');
    expect(en.date('2026-11-22')).toBe('22 Nov 2026');
  });

  it('writes percentages without rounding a bar away', () => {
    expect(en.percent(0.945)).toBe('94.5%');
    expect(en.percent(1)).toBe('100.0%');
  });

  it('writes sizes of files', () => {
    expect(en.bytes(999)).toBe('999 B');
    expect(en.bytes(1_440_000)).toBe('1.4 MB');
    expect(en.bytes(25_165_824)).toBe('25 MB');
  });
});
