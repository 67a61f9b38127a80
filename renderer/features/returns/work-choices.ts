import { useMemo } from 'react';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { Returned } from '#shared/domain/work.ts';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** Work that may have come back. */
export interface WorkChoice {
  id: string;
  label: string;
  subject: Returned['subject'];
  projectId: ProjectId | null;
  /** The round the return would be of. */
  round: number;
}

/** How many of each kind are offered: what comes back is nearly always recent. */
const offered = 200;

/** The latest submissions and work done elsewhere, for a select. */
export function useWorkChoices(): {
  choices: readonly WorkChoice[];
  groups: { group: string; items: { value: string; label: string }[] }[];
  ready: boolean;
  error: ClientError | undefined;
} {
  const t = useText();
  const format = useFormat();
  const submissions = useQuery('submissions.list', { limit: offered });
  const elsewhere = useQuery('elsewhere.list', { limit: offered });
  return useMemo(() => {
    const here: WorkChoice[] = (submissions.data?.submissions ?? []).map((submission) => ({
      id: submission.id,
      label: `${submission.mediaName} · ${format.dateTime(submission.sealedAt)}`,
      subject: { type: 'submission', id: submission.id },
      projectId: submission.projectId,
      round: submission.round,
    }));
    const there: WorkChoice[] = (elsewhere.data?.tasks ?? []).map((task) => ({
      id: task.id,
      label: `${task.name} · ${format.dateTime(task.doneAt)}`,
      subject: { type: 'elsewhere', id: task.id },
      projectId: task.projectId,
      round: 1,
    }));
    const items = (choices: readonly WorkChoice[]) => choices.map(({ id, label }) => ({ value: id, label }));
    return {
      choices: [...here, ...there],
      groups: [
        { group: t('returns.submitted'), items: items(here) },
        { group: t('returns.elsewhere'), items: items(there) },
      ],
      ready: submissions.data !== undefined && elsewhere.data !== undefined,
      error: submissions.error ?? elsewhere.error,
    };
  }, [submissions.data, submissions.error, elsewhere.data, elsewhere.error, t, format]);
}
