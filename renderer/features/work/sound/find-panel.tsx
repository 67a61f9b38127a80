import { Button, Checkbox, TextInput, UnstyledButton } from '@mantine/core';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { AnnotationDoc, ShapeId } from '#shared/domain/annotation.ts';
import {
  findInTranscripts,
  replacedIn,
  replacement,
  type TranscriptHit,
} from '#shared/rules/transcript-replace.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { composing } from '#renderer/lib/keys.ts';
import { focusCanvas } from '../canvas-focus.ts';
import type { SoundDesk } from './sound-desk.ts';
import { placeText } from './sound-time.ts';
import { soundStore } from './sound.store.ts';
import classes from './find-panel.module.css';

interface Props {
  desk: SoundDesk;
  doc: AnnotationDoc;
  rate: number;
  onReached: (id: ShapeId) => void;
}

/** Of more lines than this the count is told. */
const shownMost = 200;
/** Letters shown before and after what was found. */
const around = 16;

/** Finds words in all transcripts and puts others in their place: seen first, then done as one step that one key takes back. */
export function FindPanel({ desk, doc, rate, onReached }: Props) {
  const t = useText();
  const format = useFormat();
  const list = useRef<HTMLUListElement>(null);
  const [find, setFind] = useState('');
  const [by, setBy] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [wholeWord, setWholeWord] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const hits = useMemo(() => findInTranscripts(doc, { find, matchCase, wholeWord }), [doc, find, matchCase, wholeWord]);
  const chosen = hits.filter((hit) => !left.has(keyOf(hit)));
  const close = () => {
    soundStore.setState({ findOpen: false });
    focusCanvas();
  };
  const replace = () => {
    desk.settle();
    const fresh = findInTranscripts(desk.doc, { find, matchCase, wholeWord });
    const change = replacement(
      desk.doc,
      fresh.filter((hit) => !left.has(keyOf(hit))),
      by,
    );
    if (change) desk.do(change);
    setLeft(new Set());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const shapes = useMemo(() => new Map(doc.shapes.map((shape) => [shape.id, shape])), [doc]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className={classes.panel} aria-label={t('work.sound.find.title')} onKeyDown={onKeyDown}>
      <div className={classes.fields}>
        <TextInput
          size="xs"
          data-autofocus
          // It was asked for by key, and typing follows.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          aria-label={t('work.sound.find.find')}
          placeholder={t('work.sound.find.find')}
          value={find}
          maxLength={1000}
          onChange={(event) => setFind(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          aria-label={t('work.sound.find.by')}
          placeholder={t('work.sound.find.by')}
          value={by}
          maxLength={1000}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label={t('work.sound.find.matchCase')}
          checked={matchCase}
          onChange={(event) => setMatchCase(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={t('work.sound.find.wholeWord')}
          checked={wholeWord}
          onChange={(event) => setWholeWord(event.currentTarget.checked)}
        />
        <Button size="compact-xs" disabled={chosen.length === 0} onClick={replace}>
          {t(by === '' ? 'work.sound.find.delete' : 'work.sound.find.replace', {
            count: chosen.length,
            formatted: format.number(chosen.length, 0),
          })}
        </Button>
        <Button size="compact-xs" variant="default" onClick={close}>
          {t('work.sound.find.close')}
        </Button>
      </div>
      {find !== '' && (
        <p className={classes.count} role="status">
          {t('work.sound.find.found', { count: hits.length, formatted: format.number(hits.length, 0) })}
        </p>
      )}
      {hits.length > 0 && (
        <ul ref={list} className={classes.list} aria-label={t('work.sound.find.preview')}>
          {hits.slice(0, shownMost).map((hit) => {
            const { text = '', geometry } = shapes.get(hit.shape)!;
            const found = text.slice(hit.start, hit.end);
            const key = keyOf(hit);
            return (
              <li key={key} className={classes.row}>
                <Checkbox
                  size="xs"
                  aria-label={t('work.sound.find.take', { words: found })}
                  checked={!left.has(key)}
                  onChange={() => setLeft(toggled(left, key))}
                />
                <UnstyledButton className={classes.line} onClick={() => onReached(hit.shape)}>
                  {geometry.type === 'span' && <span className={classes.place}>{placeText(geometry.start, rate)}</span>}
                  {text.slice(Math.max(0, hit.start - around), hit.start)}
                  <del>{found}</del>
                  {by === '' ? (
                    <span className={classes.gone}>{t('work.sound.find.gone')}</span>
                  ) : (
                    <ins>{replacedIn(found, [{ start: 0, end: found.length }], by)}</ins>
                  )}
                  {text.slice(hit.end, hit.end + around)}
                </UnstyledButton>
              </li>
            );
          })}
        </ul>
      )}
      {hits.length > shownMost && (
        <p className={classes.count}>{t('work.breaches.more', { count: hits.length - shownMost })}</p>
      )}
    </section>
  );
}

const keyOf = ({ shape, start }: TranscriptHit) => `${shape} ${start}`;

function toggled(set: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(key)) next.add(key);
  return next;
}
