import { useEffect, useMemo, useState, type KeyboardEvent } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { Shape, ShapeId } from '#shared/domain/annotation.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { changeOf } from '#shared/rules/undo-journal.rules.ts';
import { wholeGraphemes } from '#shared/text/offsets.ts';
import { givenTexts } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { labelColorOf, labelKeyOf } from '../../label-name.ts';
import { SourceDialog } from '../source-dialog.tsx';
import type { Stretch, TextDesk } from '../text-desk.ts';
import type { TextStageProps } from '../text-room.tsx';
import { textStore } from '../text.store.ts';
import { AnswerDigit } from './answer-digit.tsx';
import { digitOf, judgingKey, useUsualKeys } from './judging-keys.ts';
import { MarkedText } from './marked-text.tsx';
import classes from './marking.module.css';

/** Passages of the given texts get labels: select with Shift and arrows or the mouse, press the label's digit. */
export function MarkPassages({ desk, item, project, check }: TextStageProps) {
  const t = useText();
  const texts = useMemo(() => givenTexts(item).filter(({ text }) => text !== ''), [item]);
  const textOf = (field: string) => texts.find((each) => each.field === field)?.text ?? '';
  const dialog = textStore((state) => state.dialog);
  const current = useSelected(desk);
  const usual = useUsualKeys();
  const passages = passagesOf(check.doc);
  const drawn = useMemo(
    () =>
      passagesOf(check.doc).map(({ id, label, geometry, attributes }) => ({
        ...geometry,
        color: labelColorOf(project.labels, label),
        tied: attributes['source'] !== undefined,
        current: id === current,
      })),
    [check.doc, current, project.labels],
  );
  const at = passages.find(({ id }) => id === current)?.geometry ?? null;

  const mark = (selected: Stretch, label: string | null) => {
    const whole = wholeGraphemes(textOf(selected.field), selected.start, selected.end);
    const made: Shape = {
      id: uuidv7() as ShapeId,
      label,
      geometry: { type: 'passage', field: selected.field, ...whole },
      attributes: {},
      origin: 'hand',
    };
    const change = changeOf(desk.doc, 'draw', [{ id: made.id, after: made }]);
    if (change) desk.do(change);
    desk.select([made.id]);
    getSelection()?.collapseToEnd();
    textStore.setState({ selected: null });
  };
  const relabel = (label: string) => {
    const passage = passagesOf(desk.doc).find(({ id }) => id === current);
    const change = passage && changeOf(desk.doc, 'classify', [{ id: passage.id, after: { ...passage, label } }]);
    if (change) desk.do(change);
  };
  const step = (by: 1 | -1) => {
    if (passages.length === 0) return;
    const sorted = inOrder(passages, texts);
    const place = sorted.findIndex(({ id }) => id === current);
    const next = place < 0 ? (by > 0 ? 0 : sorted.length - 1) : (place + by + sorted.length) % sorted.length;
    desk.select([sorted[next]!.id]);
  };
  const onKey = (event: KeyboardEvent, selected: Stretch | null) => {
    const key = judgingKey(event.nativeEvent);
    const digit = digitOf(key);
    const label = digit === null ? undefined : project.labels.find((_, place) => labelKeyOf(place) === digit);
    if (label && selected) mark(selected, label.key);
    else if (label && current !== null) relabel(label.key);
    else if (key === 'take' && selected) mark(selected, null);
    else if (key === 'passage-next') step(1);
    else if (key === 'passage-previous') step(-1);
    else if (key === 'take-back' && current !== null) remove(desk, current);
    else if (event.key === 'Escape' && selected) getSelection()?.collapseToEnd();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = (field: string, place: number) => {
    const under = passages.filter(
      ({ geometry }) => geometry.field === field && geometry.start <= place && place < geometry.end,
    );
    // The shortest is the one that lies on top; another click takes the next below it.
    const sorted = under.toSorted((a, b) => a.geometry.end - a.geometry.start - (b.geometry.end - b.geometry.start));
    const next = sorted[(sorted.findIndex(({ id }) => id === current) + 1) % Math.max(1, sorted.length)];
    desk.select(next ? [next.id] : []);
  };
  useActions({
    'text.source': {
      run: () => {
        if (textStore.getState().selected === null && at)
          textStore.setState({ selected: { field: at.field, start: at.start, end: at.end } });
        textStore.setState({ dialog: 'source' });
      },
      when: () => !dialogIsOpen(),
    },
  });
  return (
    <div className={classes.marking}>
      <ul className={classes.labels} aria-label={t('work.text.judging.labels')}>
        {project.labels.map(({ key, name, color }, place) => (
          <li key={key} className={classes.label}>
            <LabelKey place={place} />
            <span className={classes.swatch} style={{ backgroundColor: color }} aria-hidden />
            {name || key}
          </li>
        ))}
        {project.labels.length === 0 && <li className={classes.none}>{t('work.text.judging.noLabels')}</li>}
      </ul>
      <MarkedText
        texts={texts}
        passages={drawn}
        current={at}
        onKey={onKey}
        onSelect={(selected) => textStore.setState({ selected })}
        onPoint={point}
      />
      {usual && <p className={classes.keys}>{t('work.text.judging.markKeys')}</p>}
      {dialog === 'source' && <SourceDialog desk={desk} />}
    </div>
  );
}

function LabelKey({ place }: { place: number }) {
  const digit = labelKeyOf(place);
  return digit === null ? null : <AnswerDigit digit={digit} className={classes.digit} />;
}

/** Takes a passage away; the next one is at hand then. */
export function remove(desk: TextDesk, id: ShapeId): void {
  const change = changeOf(desk.doc, 'delete', [{ id, after: null }]);
  if (change) desk.do(change);
  desk.select([]);
}

/** The passage at hand. */
export function useSelected(desk: TextDesk): ShapeId | null {
  const [selected, setSelected] = useState<ShapeId | null>(desk.selection[0] ?? null);
  useEffect(() => desk.on('selection', ([first = null]) => setSelected(first)), [desk]);
  return selected;
}

type Passage = ReturnType<typeof passagesOf>[number];

/** Passages in the order one reads them. */
export function inOrder(passages: readonly Passage[], texts: readonly { field: string }[]): Passage[] {
  const place = new Map(texts.map(({ field }, at) => [field, at]));
  return passages.toSorted(
    ({ geometry: a }, { geometry: b }) =>
      (place.get(a.field) ?? 0) - (place.get(b.field) ?? 0) || a.start - b.start || b.end - a.end,
  );
}
