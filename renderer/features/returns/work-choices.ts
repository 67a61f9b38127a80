import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import type { ProjectId } from '#shared/domain/ids.ts';
import type { ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** Work that may have come back, as a select offers it. */
export interface WorkChoice extends Omit<Output<'returns.works'>['works'][number], 'name'> {
  id: string;
  label: string;
}

interface WorkChoices {
  /** The latest first; those asked for by id that are older come last. */
  choices: readonly WorkChoice[];
  groups: { group: string; items: { value: string; label: string }[] }[];
  ready: boolean;
  error: ClientError | undefined;
}

interface Asked {
  /** What is typed to find older work by its name. */
  search?: string;
  projectId?: ProjectId;
  /** Works that are chosen already. */
  ids?: readonly string[];
}

/** While one types, nothing is asked for so long, milliseconds. */
const typingMs = 150;

/** The core did the choosing, by all there is; a select has nothing left to filter. */
export const unfiltered = <O>({ options }: { options: O }): O => options;

/** The latest submissions and work done elsewhere, or those whose name has what is searched for, for a select. */
export function useWorkChoices({ search = '', projectId, ids = [] }: Asked): WorkChoices {
  const t = useText();
  const format = useFormat();
  const [typed] = useDebouncedValue(search.trim().slice(0, 200), typingMs);
  const { data, error } = useQuery('returns.works', {
    ...(typed === '' ? {} : { search: typed }),
    ...(projectId === undefined ? {} : { projectId }),
    ids: [...ids],
  });
  return useMemo(() => {
    const choices = (data?.works ?? []).map(({ name, ...work }): WorkChoice => {
      const done = format.dateTime(work.doneAt);
      return { ...work, id: work.subject.id, label: name === null ? done : `${name} · ${done}` };
    });
    const items = (type: WorkChoice['subject']['type']) =>
      choices.filter(({ subject }) => subject.type === type).map(({ id, label }) => ({ value: id, label }));
    return {
      choices,
      groups: [
        { group: t('returns.submitted'), items: items('submission') },
        { group: t('returns.elsewhere'), items: items('elsewhere') },
      ],
      ready: data !== undefined,
      error,
    };
  }, [data, error, t, format]);
}
