import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconPointer,
  IconShape,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import { Fragment } from 'react';
import { canvasActions, type CanvasAction } from '#renderer/canvas/canvas.action.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import type { DraftJournal } from './draft-journal.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import { useDraft } from './use-open-task.ts';
import classes from './tool-bar.module.css';

/** What the bar offers, by the canvas's own actions; null is a hairline. */
const tools: readonly (readonly [id: string, icon: Icon] | null)[] = [
  ['canvas.tool-select', IconPointer],
  ['canvas.tool-box', IconShape],
  null,
  ['canvas.undo', IconArrowBackUp],
  ['canvas.redo', IconArrowForwardUp],
  null,
  ['canvas.delete', IconTrash],
  ['canvas.fit', IconArrowsMaximize],
];

/** The tools, floating over the photo's corner. */
export function ToolBar({ canvas, journal }: { canvas: ImageCanvas; journal: DraftJournal | null }) {
  const t = useText();
  return (
    <div className={classes.bar} role="toolbar" aria-label={t('work.tools')}>
      {tools.map((tool, at) => {
        const action = tool && canvasActions.find(({ id }) => id === tool[0]);
        if (!tool || !action) return <i key={`line-${at}`} className={classes.line} />;
        return (
          <Fragment key={tool[0]}>
            <Tool canvas={canvas} journal={journal} action={action} icon={tool[1]} />
          </Fragment>
        );
      })}
    </div>
  );
}

interface ToolProps {
  canvas: ImageCanvas;
  journal: DraftJournal | null;
  action: CanvasAction;
  icon: Icon;
}

function Tool({ canvas, journal, action, icon: ToolIcon }: ToolProps) {
  const t = useText();
  const tool = useCanvasValue(canvas, 'tool', (present) => present.tool);
  const label = t(action.labelKey);
  const pressed = action.id.startsWith('canvas.tool-') ? action.id === `canvas.tool-${tool}` : undefined;
  const isUndo = action.id === 'canvas.undo' || action.id === 'canvas.redo';
  const button = (
    <ActionIcon
      className={classes.tool}
      aria-label={label}
      aria-pressed={pressed}
      // The keys of the canvas stay with the canvas.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => action.run(canvas)}
    >
      <ToolIcon size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
  return (
    <Tooltip
      position="bottom"
      label={
        <span className={classes.tip}>
          {label}
          {isUndo && journal && <Steps journal={journal} which={action.id} />}
          {action.shortcut[0] && <KeyHint keys={action.shortcut[0]} />}
        </span>
      }
    >
      {button}
    </Tooltip>
  );
}

/** What the next undo or redo is about. */
function Steps({ journal, which }: { journal: DraftJournal; which: string }) {
  const t = useText();
  const { undoStack, redoStack } = useDraft(journal).journal;
  const next = (which === 'canvas.undo' ? undoStack : redoStack).at(-1);
  return next ? <span>{t(`canvas.change.${next.label}`)}</span> : null;
}
