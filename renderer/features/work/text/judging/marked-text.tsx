import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import type { GivenText } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { composing } from '#renderer/lib/keys.ts';
import { createScope } from '#renderer/lib/scope.ts';
import type { Stretch } from '../text-desk.ts';
import { drawPassages, rangeOf, type DrawnPassage } from './passage-highlights.ts';
import { moveCaret, placeCaret, selectedIn } from './text-caret.ts';
import classes from './marking.module.css';

interface Props {
  texts: readonly GivenText[];
  passages: readonly DrawnPassage[];
  /** The passage at hand; it is brought into view. */
  current: Stretch | null;
  /** Keys that are none of the caret's. */
  onKey: (event: KeyboardEvent, selected: Stretch | null) => void;
  onSelect: (selected: Stretch | null) => void;
  /** A click without a selection. */
  onPoint: (field: string, at: number) => void;
}

/**
 * The texts as they were given, letter for letter, with a caret that is moved by keys though nothing can be written. Each field is one piece of
 * text in the page, so places in it are places in the text; passages are painted over it and change nothing.
 */
export function MarkedText({ texts, passages, current, onKey, onSelect, onPoint }: Props) {
  const t = useText();
  const answers = texts.filter(({ role }) => role === null);
  const answerName = (field: string) => {
    if (answers.length < 2) return t('work.text.answer');
    return t('work.text.judging.answer', { letter: 'ABCDEFGH'[answers.findIndex((each) => each.field === field)] });
  };
  const box = useRef<HTMLDivElement>(null);
  const caret = useRef<HTMLDivElement>(null);
  const latest = useRef({ onSelect });
  latest.current = { onSelect };

  useLayoutEffect(() => (box.current ? drawPassages(box.current, passages) : undefined), [passages, texts]);
  useEffect(() => {
    if (!current || !box.current) return;
    rangeOf(box.current, current)?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    const rect = rangeOf(box.current, current)?.getBoundingClientRect();
    const view = box.current.getBoundingClientRect();
    if (rect && (rect.top < view.top || rect.bottom > view.bottom))
      box.current.scrollBy({ top: rect.top - view.top - view.height / 3 });
  }, [current]);
  useEffect(() => {
    const scope = createScope();
    const element = box.current!;
    const follow = () => {
      placeCaret(element, caret.current!);
      if (document.activeElement === element || selectedIn(element)) latest.current.onSelect(selectedIn(element));
    };
    scope.listen(document, 'selectionchange', follow);
    const observer = new ResizeObserver(() => placeCaret(element, caret.current!));
    observer.observe(element);
    scope.add(() => observer.disconnect());
    if (!dialogIsOpen()) element.focus();
    return () => scope.dispose();
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.target !== box.current) return;
    if (!event.altKey && !event.metaKey && moveCaret(box.current, event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    onKey(event, selectedIn(box.current));
  };
  const onClick = () => {
    const selection = getSelection();
    const node = selection?.focusNode;
    const field = node?.parentElement?.dataset['text'];
    if (selection?.isCollapsed && field !== undefined) onPoint(field, selection.focusOffset);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events -- keys move the caret
    <div
      ref={box}
      className={classes.box}
      role="group"
      aria-label={t('work.text.judging.markText')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the caret is moved by keys
      tabIndex={0}
      data-judge
      data-marking
      onKeyDown={onKeyDown}
      onClick={onClick}
      onFocus={() => caret.current && box.current && placeCaret(box.current, caret.current)}
    >
      {texts.map(({ field, role, text }) => (
        <section key={field} className={classes.text}>
          <h3 className={classes.role}>{role === null ? answerName(field) : t(`work.text.roles.${role}`)}</h3>
          <div className={classes.letters} dir="auto" data-text={field}>
            {text}
          </div>
        </section>
      ))}
      <div ref={caret} className={classes.caret} aria-hidden />
    </div>
  );
}
