import { useCallback, useMemo } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { changeTier, type EditLimits } from '#shared/rules/segment-edits.rules.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useKeptTiers } from './kept-tiers.ts';
import type { SoundDesk } from './sound-desk.ts';

/** The tiers of a recording, from the top, and the one that new segments come to. One may have no name: of segments without a speaker. */
export interface Tiers {
  all: readonly string[];
  active: string;
  choose(tier: string): void;
  /** A tier without segments, for who speaks next; it is remembered for the project. */
  add(name: string): void;
  /**
   * Gives a tier another name, with all segments on it, as one step. Segments without a speaker may come to one there is already; false
   * where they would lie over that one's.
   */
  rename(from: string, to: string): boolean;
}

/** How it is remembered that the tier without a name was chosen: nothing at all means that none was. */
const nameless = '\n';

/** The tiers of a recording: those of the project in their order, then others that its segments lie on. */
export function useTiers(
  projectId: ProjectId,
  segments: readonly Segment[],
  desk: SoundDesk,
  limits: EditLimits,
): Tiers {
  const t = useText();
  const [known, keep] = useKeptTiers(projectId);
  const [chosen, choose] = useUiSetting(`sound.tier.${projectId}`, '');
  const first = t('work.sound.tier.first');
  const used = useMemo(() => JSON.stringify([...new Set(segments.map(({ geometry }) => geometry.tier))]), [segments]);
  const all = useMemo(() => {
    const there = [...new Set([...known, ...(JSON.parse(used) as string[])])];
    return there.length === 0 ? [first] : there;
  }, [first, known, used]);
  const chooseTier = useCallback((tier: string) => choose(tier === '' ? nameless : tier), [choose]);
  const add = useCallback(
    (name: string) => {
      keep([...all.filter(Boolean), name]);
      choose(name);
    },
    [all, choose, keep],
  );
  const rename = useCallback(
    (from: string, to: string) => {
      const on = ({ geometry }: Segment) => geometry.tier === from;
      const moved = segments.filter(on).map(({ id }) => id);
      if (moved.length > 0 && !desk.edit((doc) => changeTier(doc, moved, to, limits))) return false;
      keep(all.map((each) => (each === from ? to : each)).filter(Boolean));
      choose(to);
      return true;
    },
    [all, choose, desk, keep, limits, segments],
  );
  const wanted = chosen === nameless ? '' : chosen || undefined;
  const active = wanted !== undefined && all.includes(wanted) ? wanted : (all.find(Boolean) ?? all[0]!);
  return useMemo(() => ({ all, active, choose: chooseTier, add, rename }), [active, add, all, chooseTier, rename]);
}
