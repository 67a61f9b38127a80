import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowsMaximize,
  IconBrush,
  IconEraser,
  IconLayersSubtract,
  IconLayersUnion,
  IconLine,
  IconMagnet,
  IconMagnetOff,
  IconOval,
  IconPointer,
  IconPoint,
  IconPolygon,
  IconRotateRectangle,
  IconShape,
  IconScissors,
  IconSlice,
  IconStackPush,
  IconTrash,
  IconVectorTriangle,
  type Icon,
} from '@tabler/icons-react';
import { Fragment, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
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
  ['canvas.tool-rotated-box', IconRotateRectangle],
  ['canvas.tool-ellipse', IconOval],
  ['canvas.tool-polygon', IconPolygon],
  ['canvas.tool-polyline', IconLine],
  ['canvas.tool-point', IconPoint],
  ['canvas.tool-brush', IconBrush],
  null,
  ['canvas.tool-vertices', IconVectorTriangle],
  ['canvas.tool-hole', IconLayersSubtract],
  ['canvas.tool-part', IconStackPush],
  ['canvas.tool-slice', IconSlice],
  ['canvas.join', IconLayersUnion],
  ['canvas.snapping', IconMagnet],
  ['canvas.live-wire', IconScissors],
  null,
  ['canvas.undo', IconArrowBackUp],
  ['canvas.redo', IconArrowForwardUp],
  null,
  ['canvas.delete', IconTrash],
  ['canvas.fit', IconArrowsMaximize],
];

/** Actions that are switched on and off, and the icon while off. */
const switches: Readonly<Record<string, { on: (canvas: ImageCanvas) => boolean; off: Icon }>> = {
  'canvas.snapping': { on: ({ settings }) => settings.snapping, off: IconMagnetOff },
  'canvas.live-wire': { on: ({ settings }) => settings.wire, off: IconScissors },
};

/** The tools, floating over the photo's corner. */
export function ToolBar({ canvas, journal }: { canvas: ImageCanvas; journal: DraftJournal | null }) {
  const t = useText();
  const tool = useCanvasValue(canvas, 'tool', (present) => present.tool);
  const bar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = bar.current;
    if (!place) return undefined;
    const tell = () =>
      canvas.setCovered({ width: place.offsetLeft + place.offsetWidth, height: place.offsetTop + place.offsetHeight });
    tell();
    const observer = new ResizeObserver(tell);
    observer.observe(place);
    return () => observer.disconnect();
  }, [canvas]);
  return (
    <div ref={bar} className={classes.bar} role="toolbar" aria-label={t('work.tools')}>
      {tools.map((each, at) => {
        const action = each && canvasActions.find(({ id }) => id === each[0]);
        if (!each || !action) return <i key={`line-${at}`} className={classes.line} />;
        return (
          <Fragment key={each[0]}>
            <Tool canvas={canvas} journal={journal} action={action} icon={each[1]} />
            {each[0] === 'canvas.tool-brush' && tool === 'brush' && <BrushSettings canvas={canvas} />}
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
  const toggle = switches[action.id];
  const isOn = useCanvasValue(canvas, 'settings', (present) => toggle?.on(present) ?? false);
  const pressed = action.id.startsWith('canvas.tool-')
    ? action.id === `canvas.tool-${tool}`
    : toggle
      ? isOn
      : undefined;
  const ShownIcon = toggle && !isOn ? toggle.off : ToolIcon;
  const isIdle = useIdle(canvas, action);
  const isUndo = action.id === 'canvas.undo' || action.id === 'canvas.redo';
  const button = (
    <ActionIcon
      className={classes.tool}
      aria-label={label}
      aria-pressed={pressed}
      data-idle={isIdle || undefined}
      // The keys of the canvas stay with the canvas.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => action.run(canvas)}
    >
      <ShownIcon size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  );
  return (
    <Tooltip
      position="bottom"
      label={
        <span className={classes.tip}>
          {label}
          {isUndo && journal && <Steps journal={journal} which={action.id} />}
          {action.shortcut[0] && <KeyHint of={action.id} keys={action.shortcut[0]} />}
        </span>
      }
    >
      {button}
    </Tooltip>
  );
}

/** True for an action that needs a selection of a kind that is not there: it is shown faintly, and says by its name what it needs. */
function useIdle(canvas: ImageCanvas, action: CanvasAction): boolean {
  const subscribe = (listener: () => void) => canvas.on('selection', listener);
  const idle = useSyncExternalStore(subscribe, () => action.id === 'canvas.join' && !action.when(canvas));
  return idle;
}

/** How wide the brush is and what it does, while it is in hand. */
function BrushSettings({ canvas }: { canvas: ImageCanvas }) {
  const t = useText();
  const { brush } = useCanvasValue(canvas, 'settings', (present) => present.settings);
  const scale = useCanvasValue(canvas, 'viewport', (present) => present.viewport.scale);
  const size = Math.max(Math.round(2 * brush.radius), 1);
  const what = brush.erases ? t('work.brush.erase') : t('work.brush.paint');
  const shown = Math.min(Math.max(2 * brush.radius * scale, 3), 16);
  return (
    <Tooltip label={t('canvas.action.brushErase')}>
      <ActionIcon
        className={classes.brush}
        aria-label={`${what}, ${t('work.brush.size', { size })}`}
        aria-pressed={brush.erases}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => canvas.command('brush-erase')}
      >
        {brush.erases ? (
          <IconEraser size={16} stroke={1.6} aria-hidden />
        ) : (
          <i className={classes.dot} style={{ width: shown, height: shown }} />
        )}
        <span className={classes.size}>{size}</span>
      </ActionIcon>
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
