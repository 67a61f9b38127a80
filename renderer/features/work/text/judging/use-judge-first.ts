import { useCallback, useMemo, useRef, useState } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import type { Json } from '#shared/domain/json.ts';
import { judgementOf } from '#shared/rules/judgement-form.rules.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import type { TextDesk } from '../text-desk.ts';
import type { TextFacts } from '../text-keeper.ts';

/** How the worker's own judgement and the machine's stand to each other. */
export interface JudgeFirst {
  /** There is an answer of a machine. */
  there: boolean;
  /** It is not shown, because the own judgement is not sealed yet; submitting seals that as well. */
  hidden: boolean;
  /** The project asks for it, whatever the worker set. */
  asked: boolean;
  /** The machine's answer; null while it is hidden. */
  machine: Json;
  /** What was sealed before the machine's answer was seen; null where nothing was. */
  own: Json;
  /** The worker has it hidden in every project. */
  hides: boolean;
  hide(hides: boolean): void;
  /** Seals the judgement as it stands and shows the machine's. */
  judge(): void;
  running: boolean;
  error: ClientError | undefined;
}

/** The worker's own judgement before a machine's. `facts` is what may be seen of the task now. */
export function useJudgeFirst(taskId: TaskId, facts: TextFacts | null, desk: TextDesk | null): JudgeFirst {
  const client = useClient();
  const [hides, hide] = useUiSetting('work.text.judgeFirst', false);
  const sealed = useQuery('judgements.list', { taskId });
  // What was sealed of the task before says nothing of this one.
  const judgements = sealed.previous ? undefined : sealed.data?.judgements;
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<ClientError | undefined>(undefined);
  const busy = useRef(false);
  const there = facts?.machineThere ?? false;
  const asked = facts?.machineHidden ?? false;
  // Until it is known whether something is sealed, nothing is shown.
  const hidden = there && (asked || (hides && (judgements === undefined || judgements.length === 0)));

  const judge = useCallback(() => {
    if (busy.current || !desk) return;
    busy.current = true;
    setRunning(true);
    setError(undefined);
    desk
      .save()
      .then(() => client.call('texts.judge', { taskId, judgement: judgementOf(desk.doc) }))
      .catch((thrown: unknown) => setError(toClientError(thrown, 'texts.judge')))
      .finally(() => {
        busy.current = false;
        setRunning(false);
      });
  }, [client, desk, taskId]);

  return useMemo(
    () => ({
      ...{ there, hidden, asked, hides, hide, judge, running, error },
      machine: hidden ? null : (facts?.item.machine ?? null),
      own: judgements?.find(({ beforeMachine }) => beforeMachine)?.judgement ?? null,
    }),
    [asked, error, facts, hidden, hide, hides, judge, judgements, running, there],
  );
}
