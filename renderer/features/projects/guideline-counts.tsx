import type { GuidelineId, ProjectId } from '#shared/domain/ids.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { Figure } from '#renderer/ui/figure.tsx';
import classes from './projects.module.css';

const kinds = ['submissions', 'returns', 'cited'] as const;

interface Props {
  projectId: ProjectId;
  guidelineId: GuidelineId;
  version: string;
}

/** How much fell under a version of a guideline: sealed under it, sent back of that, and returns that cite it. */
export function GuidelineCounts({ projectId, guidelineId, version }: Props) {
  const t = useText();
  const format = useFormat();
  const client = useClient();
  const counts = useQuery('guidelines.counts', { projectId }).data?.counts;
  const mine = counts?.find((each) => each.guidelineId === guidelineId);
  if (mine === undefined) return null;
  const open = async (what: (typeof kinds)[number]) => {
    const found = await client.call('guidelines.entries', { guidelineId, what }).catch(() => null);
    if (found === null || found.entries.length === 0) return;
    navigate('ledger', {
      entries: found.entries,
      title: t('ui.named', { name: version, of: t(`projects.guidelines.counts.${what}`) }),
    });
  };
  return (
    <p className={classes.counts}>
      {kinds.map((what) => (
        <span key={what}>
          {t(`projects.guidelines.counts.${what}`)}{' '}
          <Figure
            value={format.number(mine[what])}
            formula={t(`projects.guidelines.formulas.${what}`)}
            onOpen={() => void open(what)}
          />
        </span>
      ))}
    </p>
  );
}
