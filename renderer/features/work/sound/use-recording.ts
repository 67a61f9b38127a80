import { useEffect, useState } from 'react';
import type { MediaProblem } from '#shared/domain/work.ts';
import { useClient, useLink } from '#renderer/client/client-context.tsx';
import { openSound } from '#renderer/sound/open-sound.ts';
import { createPeakCache } from '#renderer/sound/peak-cache.ts';
import { SoundError, type Sound } from '#renderer/sound/sound.ts';
import type { TaskFacts } from '../use-open-task.ts';

/** How it stands with the recording of the open task. `waiting`: the host is away. */
export type RecordingState =
  | { status: 'loading' }
  | { status: 'shown'; sound: Sound }
  | { status: 'problem'; problem: MediaProblem; what: string | null }
  | { status: 'waiting' };

const problems: Readonly<Record<SoundError['problem'], MediaProblem>> = {
  'unsupported-format': 'unsupported-format',
  'unsupported-codec': 'unsupported-format',
  'no-sound': 'no-sound',
  damaged: 'damaged',
  unreadable: 'unreadable',
};

/** Opens the recording of a task; tries again by itself when the host comes back. */
export function useRecording(facts: TaskFacts | null): RecordingState {
  const client = useClient();
  const link = useLink();
  const [state, setState] = useState<RecordingState & { taskId?: string }>({ status: 'loading' });
  const taskId = facts?.task.id ?? null;
  const problem = facts?.media.problem ?? null;
  const mediaUrl = facts?.mediaUrl ?? null;
  const again = state.status === 'waiting' && link === 'up';

  useEffect(() => {
    if (taskId === null || mediaUrl === null) return undefined;
    if (problem) {
      setState({ status: 'problem', problem, what: null, taskId });
      return undefined;
    }
    setState({ status: 'loading', taskId });
    const abort = new AbortController();
    let opened: Sound | null = null;
    const open = async () => {
      try {
        const sound = await openSound(mediaUrl, { cache: createPeakCache(client, taskId), signal: abort.signal });
        if (abort.signal.aborted) return sound.dispose();
        opened = sound;
        setState({ status: 'shown', sound, taskId });
      } catch (error) {
        if (abort.signal.aborted) return;
        if (error instanceof SoundError) {
          setState({ status: 'problem', problem: problems[error.problem], what: error.what, taskId });
        } else setState({ status: 'waiting', taskId });
      }
    };
    void open();
    return () => {
      abort.abort();
      opened?.dispose();
    };
  }, [again, client, mediaUrl, problem, taskId]);

  // Of the task before, until the effect has run.
  return state.taskId === (taskId ?? undefined) ? state : { status: 'loading' };
}
