import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconCloudOff, IconContrast2Filled, IconLoader2, IconZoomScan } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { boundsOf } from '#shared/geometry/bounds.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { runBound, useActions } from '#renderer/lib/action.ts';
import { isPlain } from '#renderer/photo/look.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { toast } from '#renderer/ui/toast.ts';
import { focusCanvas } from './canvas-focus.ts';
import { typedScale } from './typed-scale.ts';
import type { DraftJournal, SavedState } from './draft-journal.ts';
import { useCanvasEvent, useCanvasValue } from './use-image-canvas.ts';
import { useDraft } from './use-open-task.ts';
import type { Seeing } from './use-seeing.ts';
import { workStore } from './work.store.ts';
import classes from './stage-foot.module.css';

interface Props {
  canvas: ImageCanvas;
  journal: DraftJournal;
  name: string;
  seeing: Seeing;
}

/** The line below the photo: its name, where the pointer is, whether everything is saved, and the zoom. */
export function StageFoot({ canvas, journal, name, seeing }: Props) {
  const t = useText();
  const scale = useCanvasValue(canvas, 'viewport', (present) => present.viewport.scale);
  const view = useDraft(journal);
  useReloadWord(view.reloads);
  return (
    <div className={classes.foot}>
      <Saved state={view.saved} />
      <span className={classes.name} title={name}>
        {name}
      </span>
      <Position canvas={canvas} />
      <SeeingSwitches seeing={seeing} />
      <div className={classes.zoom}>
        <ZoomButton label={t('canvas.action.zoomOut')} onClick={() => canvas.command('zoom-out')} sign="−" />
        <ZoomField canvas={canvas} scale={scale} />
        <ZoomButton label={t('canvas.action.zoomIn')} onClick={() => canvas.command('zoom-in')} sign="+" />
      </div>
    </div>
  );
}

/** The loupe and the look, with whether they are on. */
function SeeingSwitches({ seeing }: { seeing: Seeing }) {
  const t = useText();
  const off = workStore((state) => state.lookOff);
  const looked = !isPlain(seeing.look);
  return (
    <div className={classes.zoom}>
      {looked && <span className={classes.look}>{t(off ? 'work.look.isOff' : 'work.look.isOn')}</span>}
      <Tooltip label={<Tip text={t('work.actions.lookPanel')} of="work.look-panel" keys="Shift+N" />}>
        <UnstyledButton
          className={classes.step}
          aria-label={t('work.actions.lookPanel')}
          aria-pressed={seeing.panelOpen}
          data-on={(looked && !off) || undefined}
          onClick={() => seeing.setPanelOpen(!seeing.panelOpen)}
        >
          <IconContrast2Filled size={15} aria-hidden />
        </UnstyledButton>
      </Tooltip>
      <Tooltip label={<Tip text={t('work.actions.loupe')} of="work.loupe" keys="Z" />}>
        <UnstyledButton
          className={classes.step}
          aria-label={t('work.actions.loupe')}
          aria-pressed={seeing.loupe}
          data-on={seeing.loupe || undefined}
          onClick={() => runBound('work.loupe')}
        >
          <IconZoomScan size={16} stroke={1.7} aria-hidden />
        </UnstyledButton>
      </Tooltip>
    </div>
  );
}

function Tip({ text, keys, of }: { text: string; keys: string; of: string }) {
  return (
    <span className={classes.tip}>
      {text}
      <KeyHint of={of} keys={keys} />
    </span>
  );
}

/** The zoom, shown and typed: `250`, `250%` or `2.5x`. */
function ZoomField({ canvas, scale }: { canvas: ImageCanvas; scale: number }) {
  const t = useText();
  const format = useFormat();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  useActions({
    'work.zoom-type': () => {
      field.current?.focus();
      field.current?.select();
    },
  });
  const leave = () => {
    setTyped(null);
    focusCanvas();
  };
  return (
    <Tooltip label={t('work.zoom.what')}>
      <input
        ref={field}
        className={classes.scale}
        aria-label={t('work.zoom.label')}
        value={typed ?? format.percent(scale, scale < 0.1 ? 1 : 0)}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') leave();
          if (event.key !== 'Enter') return;
          const wanted = typed === null ? null : typedScale(typed);
          if (wanted !== null) canvas.zoomTo(wanted);
          leave();
        }}
      />
    </Tooltip>
  );
}

function ZoomButton({ label, onClick, sign }: { label: string; onClick: () => void; sign: string }) {
  return (
    <Tooltip label={label}>
      <UnstyledButton className={classes.step} aria-label={label} onClick={onClick}>
        {sign}
      </UnstyledButton>
    </Tooltip>
  );
}

function Position({ canvas }: { canvas: ImageCanvas }) {
  const pointer = useCanvasEvent(canvas, 'pointer', null);
  const gesture = useCanvasEvent(canvas, 'gesture', null);
  const box = gesture && boundsOf(gesture.geometry);
  return (
    <span className={classes.position} aria-hidden data-pointer-position>
      {pointer?.inside && `${Math.floor(pointer.x)}, ${Math.floor(pointer.y)}`}
      {box && `  ${Math.round(box.w)} × ${Math.round(box.h)}`}
    </span>
  );
}

const icons = { saved: IconCheck, saving: IconLoader2, waiting: IconCloudOff, failed: IconCloudOff } as const;

/** Quiet unless something waits: saving is said only when it takes longer than usual. */
export function Saved({ state }: { state: SavedState }) {
  const t = useText();
  const shown = useSettled(state);
  const SavedIcon = icons[shown];
  return (
    <span className={classes.saved} data-state={shown} data-saved={state} role="status">
      <SavedIcon size={14} stroke={1.8} aria-hidden />
      {t(`work.saved.${shown}`)}
    </span>
  );
}

/** `saving` counts once it lasted; everything else at once. */
function useSettled(state: SavedState): SavedState {
  const [late, setLate] = useState(false);
  const saving = state === 'saving';
  useEffect(() => {
    if (!saving) return undefined;
    const timer = setTimeout(() => setLate(true), 800);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [saving]);
  return saving && !late ? 'saved' : state;
}

/** Says calmly that another window's drawing was taken in. */
export function useReloadWord(reloads: number): void {
  const t = useText();
  const told = useRef(reloads);
  useEffect(() => {
    if (reloads > told.current) toast(t('work.saved.reloaded'));
    told.current = reloads;
  }, [reloads, t]);
}
