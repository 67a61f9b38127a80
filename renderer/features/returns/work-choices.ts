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
  doneAt: string;
  label: string;
  subject: Returned['subject'];
  projectId: ProjectId | null;
  /** The round the return would be of. */
  round: number;
  /** Pieces it counts as: more than one for a batch done elsewhere. */
  pieces: number;
}

/** How many of each kind are offered: what comes back is nearly always recent. */
const offered = 200;
/** How many returns are looked through for the rounds of work done elsewhere. */
const most = 500;

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
  const returns = useQuery('returns.list', { limit: most });
  return useMemo(() => {
    // Of work here the submission knows its round; work in another tool only came back as often as was noted.
    const rounds = new Map<string, number>();
    for (const { subject, round } of returns.data?.returns ?? []) {
      rounds.set(subject.id, Math.max(rounds.get(subject.id) ?? 0, round));
    }
    const here: WorkChoice[] = (submissions.data?.submissions ?? []).map((submission) => ({
      id: submission.id,
      doneAt: submission.sealedAt,
      label: `${submission.mediaName} · ${format.dateTime(submission.sealedAt)}`,
      subject: { type: 'submission', id: submission.id },
      projectId: submission.projectId,
      round: submission.round,
      pieces: 1,
    }));
    const there: WorkChoice[] = (elsewhere.data?.tasks ?? []).map((task) => ({
      id: task.id,
      doneAt: task.doneAt,
      label: `${task.name} · ${format.dateTime(task.doneAt)}`,
      subject: { type: 'elsewhere', id: task.id },
      projectId: task.projectId,
      round: 1 + (rounds.get(task.id) ?? 0),
      pieces: task.count,
    }));
    const items = (choices: readonly WorkChoice[]) => choices.map(({ id, label }) => ({ value: id, label }));
    return {
      // What comes back is most often what was done last, here or there.
      choices: [...here, ...there].sort((a, b) => Date.parse(b.doneAt) - Date.parse(a.doneAt)),
      groups: [
        { group: t('returns.submitted'), items: items(here) },
        { group: t('returns.elsewhere'), items: items(there) },
      ],
      ready: submissions.data !== undefined && elsewhere.data !== undefined && returns.data !== undefined,
      error: submissions.error ?? elsewhere.error ?? returns.error,
    };
  }, [submissions.data, submissions.error, elsewhere.data, elsewhere.error, returns.data, returns.error, t, format]);
}
