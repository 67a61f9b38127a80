import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Shape } from '#shared/domain/annotation.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { isHidden, shownAgain } from '#renderer/canvas/standing.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useRowScroll } from '#renderer/ui/use-row-scroll.ts';
import { areaHeight } from '#renderer/ui/virtual-rows.ts';
import type { DraftJournal } from './draft-journal.ts';
import { labelColorOf, labelName } from './label-name.ts';
import { ShapeIcon } from './shape-icon.tsx';
import { sizeText } from './shape-words.ts';
import { ObjectFilterButton, useMeantShapes } from './object-filter.tsx';
import { OutOfSight, StandingMarks } from './standing-marks.tsx';
import { TagButton, TagStrip } from './tag-strip.tsx';
import { useCanvasValue } from './use-image-canvas.ts';
import { useDraft } from './use-open-task.ts';
import classes from './object-list.module.css';

interface Props {
  labels: LabelSet;
  canvas: ImageCanvas;
  journal: DraftJournal;
}

const rowHeight = 26;

/** What is drawn, in drawing order: a click or the arrow keys select it on the photo, Ctrl adds to the selection. */
export function ObjectList({ labels, canvas, journal }: Props) {
  const t = useText();
  const format = useFormat();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const all = useDraft(journal).journal.doc.shapes;
  const shapes = useMeantShapes(canvas, all);
  const standing = useCanvasValue(canvas, 'standing', (present) => present.standing);
  const selection = useCanvasValue(canvas, 'selection', (present) => present.selection);
  const { rows, drawn, reveal } = useRowScroll(scroller, shapes.length, rowHeight, 0);
  const selected = new Set(selection);
  const last = selection.at(-1);
  const at = last === undefined ? -1 : shapes.findIndex((shape) => shape.id === last);

  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [at, reveal]);

  const select = (shape: Shape, event?: MouseEvent) => {
    if (isHidden(standing, shape.id)) canvas.setStanding(shownAgain(standing, shape.id));
    if (event?.ctrlKey || event?.metaKey) {
      canvas.select(selected.has(shape.id) ? selection.filter((each) => each !== shape.id) : [...selection, shape.id]);
    } else canvas.select([shape.id]);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined || shapes.length === 0) return;
    event.preventDefault();
    // What is hidden cannot be selected.
    const beyond = step > 0 ? shapes.slice(at + 1) : shapes.slice(0, Math.max(at, 0)).reverse();
    const next = beyond.find((shape) => !isHidden(standing, shape.id));
    if (next) canvas.select([next.id]);
  };

  const unclassed = all.filter(({ label }) => label === null).length;
  return (
    <section className={classes.objects} aria-label={t('work.objects.title')}>
      <h2 className={classes.head}>
        {t('work.objects.title')}
        <span className={classes.count}>
          {format.number(all.length, 0)}
          {shapes !== all && ` · ${t('work.filter.count', { count: shapes.length })}`}
        </span>
        {unclassed > 0 && (
          <span className={classes.unclassed}>{t('work.objects.unclassed', { count: unclassed })}</span>
        )}
        <TagButton canvas={canvas} labels={labels} shapes={all} />
        <ObjectFilterButton canvas={canvas} labels={labels} shapes={all} />
      </h2>
      <TagStrip labels={labels} canvas={canvas} shapes={all} />
      {all.length === 0 && <p className={classes.none}>{t('work.objects.none')}</p>}
      <OutOfSight canvas={canvas} />
      <div
        ref={scroller}
        className={classes.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={t('work.objects.title')}
        aria-multiselectable
        aria-activedescendant={at >= drawn.first && at < drawn.last ? `${id}-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div style={{ height: areaHeight(rows) }} className={classes.area} role="presentation">
          <div className={classes.window} style={{ height: rows.viewport }} role="presentation">
            {shapes.slice(drawn.first, drawn.last).map((shape, step) => {
              const index = drawn.first + step;
              const name = labelName(labels, shape.label);
              return (
                // The list keeps the focus and the keys.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
                <div
                  key={shape.id}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={selected.has(shape.id)}
                  className={classes.row}
                  data-hidden={isHidden(standing, shape.id) || undefined}
                  style={{ transform: `translateY(${drawn.offset + step * rowHeight}px)` }}
                  onClick={(event) => select(shape, event)}
                  onDoubleClick={() => canvas.command('fit-selection')}
                >
                  <i
                    className={classes.color}
                    style={{ background: labelColorOf(labels, shape.label) ?? 'transparent' }}
                  />
                  <span className={classes.name} data-none={name === null || undefined} title={name ?? undefined}>
                    {name ?? t('work.objects.noClass')}
                  </span>
                  <span className={classes.size}>{sizeText(shape.geometry)}</span>
                  <StandingMarks canvas={canvas} shape={shape} standing={standing} />
                  <ShapeIcon type={shape.geometry.type} />
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </section>
  );
}
