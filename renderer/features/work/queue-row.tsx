import { memo, useEffect, useReducer, useRef } from 'react';
import type { Task } from '#shared/domain/work.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { StateMark } from './state-mark.tsx';
import { taskWords } from './task-words.ts';
import { SoundMark } from './sound/sound-mark.tsx';
import type { Thumbs } from './thumbs.ts';
import classes from './queue-row.module.css';

export const queueRowHeight = 48;

interface Props {
  id: string;
  /** Undefined while its page is on its way. */
  task: Task | undefined;
  top: number;
  /** What stands before its name. */
  mark: 'photo' | 'sound' | 'text';
  /** On the stage. */
  open: boolean;
  /** Under the cursor of the list. */
  active: boolean;
  thumbs: Thumbs;
  onOpen: (task: Task) => void;
}

/** One photo, recording or text of the queue. */
export const QueueRow = memo(function QueueRow({ id, task, top, mark, open, active, thumbs, onOpen }: Props) {
  const t = useText();
  const cut = task?.name.lastIndexOf('/') ?? -1;
  return (
    // The list keeps the focus and the keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      aria-selected={open}
      className={classes.row}
      data-active={active || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => task && onOpen(task)}
    >
      {task && mark === 'photo' && <Thumb task={task} thumbs={thumbs} />}
      {task && mark === 'sound' && <SoundMark task={task} />}
      {!task && mark !== 'text' && <i className={classes.thumb} />}
      {task && mark === 'text' && <TextWords task={task} />}
      {task && mark !== 'text' && (
        <span className={classes.words}>
          <span className={classes.name} title={task.name}>
            {task.name.slice(cut + 1)}
          </span>
          <span className={classes.facts}>
            <StateMark state={task.state} />
            <span>{t(`work.states.${task.state}`)}</span>
            {task.shapeCount > 0 && <span className={classes.count}>{task.shapeCount}</span>}
          </span>
        </span>
      )}
    </div>
  );
});

/** What is asked, then what it is called and how far it is. */
function TextWords({ task }: { task: Task }) {
  const t = useText();
  const called = taskWords(t, task.name);
  return (
    <span className={classes.words}>
      <span className={classes.name} title={task.title ?? task.name}>
        {task.title ?? called}
      </span>
      <span className={classes.facts}>
        <StateMark state={task.state} />
        <span className={classes.state}>{t(`work.states.${task.state}`)}</span>
        {task.title !== null && (
          <span className={classes.called} title={task.name}>
            {called}
          </span>
        )}
      </span>
    </span>
  );
}

const width = 56;
const height = 40;

function Thumb({ task, thumbs }: { task: Task; thumbs: Thumbs }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => thumbs.want(task.id, new URL(`/media/${task.id}`, document.baseURI).href, redraw), [task.id, thumbs]);
  const bitmap = thumbs.get(task.id);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !bitmap) return;
    // Covers the frame, cut at the longer side.
    const scale = Math.max(context.canvas.width / bitmap.width, context.canvas.height / bitmap.height);
    const [w, h] = [bitmap.width * scale, bitmap.height * scale];
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, (context.canvas.width - w) / 2, (context.canvas.height - h) / 2, w, h);
  }, [bitmap]);
  if (bitmap === null) return <i className={classes.thumb} data-broken />;
  return <canvas ref={canvas} className={classes.thumb} width={width * 1.5} height={height * 1.5} aria-hidden />;
}
