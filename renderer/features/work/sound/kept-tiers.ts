import { useCallback, useMemo } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';

/** Names of tiers are kept one a line. */
const line = '\n';

/** The tiers that a project's recordings share, and the way to keep others. */
export function useKeptTiers(projectId: ProjectId): [readonly string[], (tiers: readonly string[]) => void] {
  const [kept, keep] = useUiSetting(`sound.tiers.${projectId}`, '');
  const tiers = useMemo(() => kept.split(line).filter(Boolean), [kept]);
  const set = useCallback((next: readonly string[]) => keep([...new Set(next)].join(line)), [keep]);
  return [tiers, set];
}

/** The only speaker of a project; null where it has several. */
export function useOnlyTier(projectId: ProjectId): string | null {
  const t = useText();
  const [kept] = useKeptTiers(projectId);
  if (kept.length === 0) return t('work.sound.tier.first');
  return kept.length === 1 ? kept[0]! : null;
}
