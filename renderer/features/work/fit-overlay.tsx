import type { ProjectId } from '#shared/domain/ids.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { boxSides, type BoxSide } from '#renderer/fit/box-side.ts';
import type { SideFit } from '#renderer/fit/fit-meter.ts';
import { distanceDigits, fitVerdict } from '#renderer/fit/fit-verdict.ts';
import type { DecodedPhoto } from '#renderer/photo/photo-client.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { canvasHostAttribute } from './canvas-focus.ts';
import type { DraftJournal } from './draft-journal.ts';
import {
  useFitClient,
  useMeasuredFit,
  useSelectedBox,
  useSnapActions,
  type BoxShape,
  type MeasuredFit,
} from './use-fit.ts';
import { usualTolerance, useGuideline } from './use-guideline.ts';
import { useLiveWire } from './use-live-wire.ts';
import { useCanvasValue } from './use-image-canvas.ts';
import classes from './fit-overlay.module.css';

interface Props {
  projectId: ProjectId;
  canvas: ImageCanvas;
  journal: DraftJournal;
  photo: DecodedPhoto;
}

/** How the sides of the selected box lie to the edges near them, beside the box, the keys that move them there, and lines along edges. Advice. */
export function FitOverlay({ projectId, canvas, journal, photo }: Props) {
  const [on, setOn] = useUiSetting('work.fit-meter', true);
  const client = useFitClient();
  const shape = useSelectedBox(canvas, journal);
  const measured = useMeasuredFit(on ? client : null, photo, shape);
  useSnapActions({ client, canvas, journal, photo });
  useLiveWire(canvas, photo);
  useActions({ 'work.fit-meter': () => setOn(!on) });
  if (!on || !shape || !measured) return null;
  return <Figures projectId={projectId} canvas={canvas} shape={shape} measured={measured} />;
}

interface FiguresProps {
  projectId: ProjectId;
  canvas: ImageCanvas;
  shape: BoxShape;
  measured: MeasuredFit;
}

function Figures({ projectId, canvas, shape, measured }: FiguresProps) {
  const t = useText();
  const format = useFormat();
  const tolerance = useGuideline(projectId)?.rules.fitTolerancePx ?? usualTolerance;
  const places = usePlaces(canvas, shape);
  return (
    <div className={classes.overlay} role="group" aria-label={t('work.fit.title')}>
      {boxSides.map((side) => (
        <Chip key={side} side={side} fit={measured.fit[side]} tolerance={tolerance} at={places[side]} />
      ))}
      <p className={classes.legend}>{t('work.fit.legend', { px: format.number(tolerance) })}</p>
    </div>
  );
}

interface ChipProps {
  side: BoxSide;
  fit: SideFit | null;
  tolerance: number;
  at: { x: number; y: number };
}

function Chip({ side, fit, tolerance, at }: ChipProps) {
  const t = useText();
  const format = useFormat();
  const verdict = fitVerdict(fit, tolerance);
  const size = fit ? format.number(Math.abs(fit.distance), distanceDigits(fit.distance, tolerance)) : null;
  const way = fit && fit.distance < 0 ? 'inside' : 'outside';
  const nothing = size === format.number(0);
  const sign = nothing ? '' : way === 'inside' ? '−' : '+';
  return (
    <span className={classes.chip} data-side={side} data-verdict={verdict} style={{ left: at.x, top: at.y }}>
      <span aria-hidden>
        {size !== null && <b>{`${sign}${size}`}</b>} {t(`work.fit.verdict.${verdict}`)}
      </span>
      <span className={classes.spoken}>
        {size === null
          ? t('work.fit.spokenNone', { side: t(`work.fit.side.${side}`) })
          : t(`work.fit.spoken.${way}`, {
              side: t(`work.fit.side.${side}`),
              px: size,
              verdict: t(`work.fit.verdict.${verdict}`),
            })}
      </span>
    </span>
  );
}

/** Room a figure needs beside its side, CSS pixels. */
const chipWidth = 92;
const chipHeight = 24;

/** Where each figure stands: at the middle of what is in view of its side, and in view itself. */
function usePlaces(canvas: ImageCanvas, { geometry }: BoxShape): Record<BoxSide, { x: number; y: number }> {
  const { scale, x, y } = useCanvasValue(canvas, 'viewport', (present) => present.viewport);
  const host = document.querySelector(`[${canvasHostAttribute}]`)?.getBoundingClientRect();
  const [width, height] = [host?.width ?? 0, host?.height ?? 0];
  const left = geometry.x * scale + x;
  const top = geometry.y * scale + y;
  const right = left + geometry.w * scale;
  const bottom = top + geometry.h * scale;
  const within = (value: number, least: number, most: number) =>
    Math.min(Math.max(value, least), Math.max(most, least));
  const middleX = within((Math.max(left, 0) + Math.min(right, width)) / 2, chipWidth / 2, width - chipWidth / 2);
  const middleY = within((Math.max(top, 0) + Math.min(bottom, height)) / 2, chipHeight, height - chipHeight);
  return {
    left: { x: within(left, chipWidth, width), y: middleY },
    right: { x: within(right, 0, width - chipWidth), y: middleY },
    top: { x: middleX, y: within(top, chipHeight, height) },
    bottom: { x: middleX, y: within(bottom, 0, height - chipHeight) },
  };
}
