import { useCallback, useMemo } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Segment } from '#shared/rules/sound-breaches.rules.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import type { SoundDesk } from './sound-desk.ts';

/** The tiers of a recording, from the top, and the one that new segments come to. */
export interface Tiers {
  all: readonly string[];
  active: string;
  choose(tier: string): void;
  /** A tier without segments, for who speaks next; it is remembered for the project. */
  add(name: string): void;
  /** Gives a tier another name, with all segments on it. */
  rename(from: string, to: string): void;
}

/** Names of tiers are kept one a line. */
const line = '\n';

/** The tiers of a recording: those of the project in their order, then others that its segments lie on. */
export function useTiers(projectId: ProjectId, segments: readonly Segment[], desk: SoundDesk): Tiers {
  const t = useText();
  const [kept, keep] = useUiSetting(`sound.tiers.${projectId}`, '');
  const [chosen, choose] = useUiSetting(`sound.tier.${projectId}`, '');
  const first = t('work.sound.tier.first');
  const known = useMemo(() => kept.split(line).filter(Boolean), [kept]);
  const used = useMemo(() => [...new Set(segments.map(({ geometry }) => geometry.tier))].join(line), [segments]);
  const all = useMemo(() => {
    const named = [...new Set([...known, ...(used === '' ? [] : used.split(line))])];
    return named.length === 0 ? [first] : named;
  }, [first, known, used]);
  const add = useCallback(
    (name: string) => {
      keep([...new Set([...all, name])].join(line));
      choose(name);
    },
    [all, choose, keep],
  );
  const rename = useCallback(
    (from: string, to: string) => {
      keep([...new Set(all.map((each) => (each === from ? to : each)))].join(line));
      choose(to);
      desk.edit((doc) => ({
        label: 'tier',
        wanted: doc.shapes.flatMap((shape) =>
          shape.geometry.type === 'span' && shape.geometry.tier === from
            ? [{ id: shape.id, after: { ...shape, geometry: { ...shape.geometry, tier: to } } }]
            : [],
        ),
      }));
    },
    [all, choose, desk, keep],
  );
  const active = all.includes(chosen) ? chosen : all[0]!;
  return useMemo(() => ({ all, active, choose, add, rename }), [active, add, all, choose, rename]);
}
