import { useCallback, useEffect, useState } from 'react';
import type { TaskId } from '#shared/domain/ids.ts';
import { useClient, useLink } from '#renderer/client/client-context.tsx';
import { toClientError, type ClientError } from '#renderer/client/client-error.ts';
import type { DraftJournal } from '../draft-journal.ts';
import { createTextDesk, type TextDesk } from './text-desk.ts';
import { textKeeperOf, type TaskTexts } from './text-keeper.ts';

/** The texts of the task on screen, as far as they are here. */
export type OpenTexts =
  | { status: 'loading' }
  | { status: 'failed'; error: ClientError; again: () => void }
  | { status: 'open'; texts: TaskTexts };

/** Opens what a task asks and the logs of what was written. Tries again by itself when the host comes back. */
export function useTexts(taskId: TaskId): OpenTexts {
  const client = useClient();
  const link = useLink();
  const [open, setOpen] = useState<{ taskId: TaskId; state: OpenTexts } | null>(null);
  const [round, setRound] = useState(0);
  const again = useCallback(() => setRound((count) => count + 1), []);
  const shown: OpenTexts = open?.taskId === taskId ? open.state : { status: 'loading' };
  const failed = shown.status === 'failed' && shown.error.code === 'client/unreachable' && link === 'up';
  useEffect(() => {
    if (failed) again();
  }, [failed, again]);

  useEffect(() => {
    let present = true;
    const keeper = textKeeperOf(client);
    keeper.open(taskId).then(
      (texts) => present && setOpen({ taskId, state: { status: 'open', texts } }),
      (thrown: unknown) => {
        const error = toClientError(thrown, 'texts.get');
        if (present) setOpen({ taskId, state: { status: 'failed', error, again } });
      },
    );
    return () => {
      present = false;
      keeper.leave(taskId);
    };
  }, [client, taskId, round, again]);
  return shown;
}

/** The desk of the task on screen. What was written is brought into the journal when it is left. */
export function useTextDesk(journal: DraftJournal | null, texts: TaskTexts | null): TextDesk | null {
  const [made, setMade] = useState<{ journal: DraftJournal; texts: TaskTexts; desk: TextDesk } | null>(null);
  useEffect(() => {
    if (!journal || !texts) return undefined;
    const desk = createTextDesk(journal, texts);
    setMade({ journal, texts, desk });
    return () => desk.dispose();
  }, [journal, texts]);
  return made !== null && made.journal === journal && made.texts === texts ? made.desk : null;
}
