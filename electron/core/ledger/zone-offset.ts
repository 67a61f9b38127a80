const formats = new Map<string, Intl.DateTimeFormat>();
/** Offsets by zone and quarter of an hour: no zone has changed its clock at a finer grain. */
const known = new Map<string, number>();
const QUARTER = 15 * 60_000;

function offsetText(zone: string, at: number): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
}

/**
 * Minutes that the clocks of a zone are ahead of UTC at an instant. Seconds of historical offsets are cut off.
 *
 * @param zone IANA name; @param at milliseconds since the epoch
 * @throws RangeError for a zone the runtime does not know
 */
export function zoneOffset(zone: string, at: number): number {
  const key = `${zone}/${Math.floor(at / QUARTER)}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(offsetText(zone, at)) ?? [];
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  if (known.size > 10_000) known.clear();
  known.set(key, offset === 0 ? 0 : offset);
  return offset === 0 ? 0 : offset;
}
