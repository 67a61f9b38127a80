import { IconWaveSine } from '@tabler/icons-react';
import type { Task } from '#shared/domain/work.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { placeText } from './sound-time.ts';
import classes from './sound-mark.module.css';

/** Asked once: how long a recording is does not change with what is written about it. */
const never = { topics: [] } as const;

/** What stands before the name of a recording in the queue: how long it is. */
export function SoundMark({ task }: { task: Task }) {
  const t = useText();
  const sound = useQuery('tasks.get', { taskId: task.id }, never).data?.media.sound;
  const length = sound?.frames == null ? null : placeText(sound.frames, sound.rate).replace(/\.\d+$/, '');
  return (
    <span className={classes.mark} title={length === null ? undefined : t('work.sound.queue.length', { length })}>
      <IconWaveSine size={16} stroke={1.6} aria-hidden />
      {length !== null && <span className={classes.length}>{length}</span>}
    </span>
  );
}
