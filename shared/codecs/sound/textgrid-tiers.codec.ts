import type { ExchangeItem } from '../codec.ts';
import { keptOf } from '../image/json-objects.codec.ts';
import { isPlainObject } from '../json-text.ts';

/** A tier as it stands in the file. */
export interface GridTier {
  /** Its name in the program. */
  name: string;
  /** Its name in the file, where that is another. */
  as?: string;
  points: boolean;
}

/** The tiers that a file had, as they were kept. */
export function keptTiers(item: ExchangeItem): GridTier[] {
  const { tiers } = keptOf(item, 'textgrid');
  return (Array.isArray(tiers) ? tiers : []).flatMap((tier) => {
    if (!isPlainObject(tier) || typeof tier['name'] !== 'string') return [];
    const as = typeof tier['as'] === 'string' ? { as: tier['as'] } : {};
    return [{ name: tier['name'], points: tier['points'] === true, ...as }];
  });
}
