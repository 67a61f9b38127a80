import { useEffect, useMemo, useState } from 'react';
import type { TextLengths } from '#shared/text/text-lengths.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { createScope } from '#renderer/lib/scope.ts';
import { createLengthCounter } from '#renderer/text/line-lengths.ts';
import type { LogState } from '#renderer/text/log-writer.ts';
import { textOf } from '#renderer/text/edit-history.ts';
import { Saved, useReloadWord } from '../stage-foot.tsx';
import { taskWords } from '../task-words.ts';
import { useDraft } from '../use-open-task.ts';
import { isJudged } from './judging/judged-kinds.ts';
import { TextCounts } from './text-counts.tsx';
import type { TextDesk } from './text-desk.ts';
import type { TextStageProps } from './text-room.tsx';
import classes from './text-foot.module.css';

/** Below the text: whether all of it is saved, and how long it is in every unit. */
export function TextFoot({ desk, journal, facts, rules, item }: TextStageProps) {
  const t = useText();
  const view = useDraft(journal);
  useReloadWord(view.reloads);
  const { lengths, saved } = useWritten(desk);
  const state = worse(view.saved, saved);
  const judged = isJudged(item);
  const asked = item.prompt.map(({ content }) => content).join('\n');
  const field = item.kind === 'converse' ? null : desk.texts.field('answer');
  return (
    <footer className={classes.foot}>
      <Saved state={state} />
      <span className={classes.name} title={facts.task.name}>
        {taskWords(t, facts.task.name)}
      </span>
      {!judged && (
        <TextCounts lengths={lengths} text={() => field?.text() ?? ''} asked={asked} rules={rules.text ?? {}} />
      )}
    </footer>
  );
}

const order: readonly LogState[] = ['saved', 'saving', 'waiting', 'failed'];

function worse(a: LogState, b: LogState): LogState {
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** After a key it is counted again this soon, so that the key is drawn first. */
const soonMs = 60;
/** A line of more units than this is counted when its writer rests. */
const longLine = 20_000;
const restMs = 350;

/** How long what the worker wrote is: the answer, or their own turns. */
function useWritten(desk: TextDesk): { lengths: TextLengths; saved: LogState } {
  const count = useMemo(createLengthCounter, []);
  const measure = () => {
    const { kind } = desk.texts.facts.item;
    if (kind !== 'converse') return count(desk.texts.field('answer').doc);
    const turns = desk.doc.answer?.turns ?? [];
    const own = turns.flatMap(({ role }, at) => (role === 'user' ? [desk.texts.field(`turn.${at}`).text()] : []));
    return count(textOf(own.join('\n')));
  };
  const stateOf = () => desk.texts.fields().reduce<LogState>((all, { saved }) => worse(all, saved), 'saved');
  const [lengths, setLengths] = useState(measure);
  const [saved, setSaved] = useState(stateOf);

  useEffect(() => {
    const scope = createScope();
    let stop: (() => void) | null = null;
    const look = () => {
      stop = null;
      setLengths(measure());
    };
    const later = () => {
      const long = desk.texts.fields().some(({ doc }) => doc.length / doc.lines > longLine);
      if (long) stop?.();
      if (long || stop === null) stop = scope.timeout(look, long ? restMs : soonMs);
    };
    const watched = new Set<unknown>();
    const watch = (field: ReturnType<TextDesk['texts']['field']>) => {
      if (watched.has(field)) return;
      watched.add(field);
      scope.add(field.on('state', () => setSaved(stateOf())));
    };
    desk.texts.fields().forEach(watch);
    scope.add(desk.texts.onField(watch));
    scope.add(desk.on('text', later));
    scope.add(desk.onJournal(later));
    look();
    return () => scope.dispose();
    // Measuring asks the desk alone.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [desk]);
  return { lengths, saved };
}
