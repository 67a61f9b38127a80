import { TextInput, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { categoryRows, searchCategories, type CategoryRow } from '#shared/rules/category-search.rules.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { composing } from '#renderer/lib/keys.ts';
import { useRowScroll } from '#renderer/ui/use-row-scroll.ts';
import { areaHeight } from '#renderer/ui/virtual-rows.ts';
import type { TextStageProps } from '../text-room.tsx';
import { AnswerDigit } from './answer-digit.tsx';
import { digitOf, judgingKey } from './judging-keys.ts';
import classes from './category-picker.module.css';

const rowHeight = 30;
const mostRecent = 9;

/** Chooses categories: type to search, arrows and Enter (or Space after arrows) to choose, digits for those used last. */
export function CategoryPicker({ desk, project, rules, check }: TextStageProps) {
  const t = useText();
  const format = useFormat();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { categories, severalCategories: several = false } = rules.text ?? {};
  const rows = useMemo(() => categoryRows(categories ?? []), [categories]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  // Once one has moved in the list, Space chooses; before, it belongs to the search.
  const moved = useRef(false);
  const found = useFound(rows, query, categories === undefined);
  const chosen = check.doc.answer?.categories ?? [];
  const [recent, remember] = useRecent(project.id);
  const offered = recent.filter((key) => categories === undefined || byKey.has(key));
  const scroller = useRef<HTMLDivElement>(null);
  const { rows: geometry, drawn, reveal } = useRowScroll(scroller, found.length, rowHeight, 0);

  useEffect(() => {
    if (!dialogIsOpen()) input.current?.focus();
  }, []);

  const choose = (key: string) => {
    const present = desk.doc.answer?.categories ?? [];
    const without = present.filter((each) => each !== key);
    const next = without.length < present.length ? without : several ? [...present, key] : [key];
    desk.say({ categories: next.length > 0 ? next : null });
    if (without.length === present.length) remember(key);
  };
  const move = (to: number) => {
    const next = Math.max(0, Math.min(found.length - 1, to));
    moved.current = true;
    setActive(next);
    reveal(next);
  };
  const chooseActive = () => {
    const row = found[active];
    if (!row) return;
    choose(row.key);
    if (query !== '') search('');
    moved.current = false;
  };
  const search = (text: string) => {
    setQuery(text);
    setActive(0);
    moved.current = false;
    reveal(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (composing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return;
    // Letters belong to the search, whatever they are keys for elsewhere.
    const key = /^\p{L}$/u.test(event.key) ? null : judgingKey(event.nativeEvent);
    const page = { PageDown: 12, PageUp: -12 }[event.key];
    const step = key === 'below' ? 1 : key === 'above' ? -1 : page;
    const recentKey = query === '' ? offered[Number(digitOf(key) ?? 0) - 1] : undefined;
    if (step !== undefined) move(active + step);
    else if (key === 'take' || (event.key === ' ' && (moved.current || query === ''))) chooseActive();
    else if (recentKey !== undefined) choose(recentKey);
    else if (event.key === 'Escape' && query !== '') search('');
    else if (key === 'take-back' && query === '' && chosen.length > 0) choose(chosen.at(-1)!);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const activeRow = found[active];
  return (
    <div className={classes.picker} data-field="categories">
      <Chosen keys={chosen} titles={byKey} onRemove={choose} />
      <TextInput
        ref={input}
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        {...(activeRow && { 'aria-activedescendant': `${id}-${active}` })}
        aria-label={t('work.text.judging.search')}
        placeholder={t(categories === undefined ? 'work.text.judging.searchFree' : 'work.text.judging.search')}
        value={query}
        autoComplete="off"
        spellCheck={false}
        data-judge
        onChange={(event) => search(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {offered.length > 0 && (
        <div className={classes.recent} role="group" aria-label={t('work.text.judging.recent')}>
          {offered.map((key, at) => (
            <UnstyledButton
              key={key}
              className={classes.recentOne}
              tabIndex={-1}
              onClick={() => choose(key)}
              data-recent={key}
            >
              <AnswerDigit digit={String(at + 1)} className={classes.digit} /> {byKey.get(key)?.title ?? key}
            </UnstyledButton>
          ))}
        </div>
      )}
      <div ref={scroller} className={classes.scroll}>
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={t('work.text.judging.categories')}
          aria-multiselectable={several}
          className={classes.area}
          style={{ height: areaHeight(geometry) }}
        >
          {found.slice(drawn.first, drawn.last).map((row, at) => (
            <Option
              key={row.key}
              row={row}
              id={`${id}-${drawn.first + at}`}
              top={(drawn.first + at) * rowHeight}
              flat={query !== ''}
              active={drawn.first + at === active}
              chosen={chosen.includes(row.key)}
              place={drawn.first + at + 1}
              total={found.length}
              onChoose={() => {
                setActive(drawn.first + at);
                choose(row.key);
                input.current?.focus();
              }}
            />
          ))}
        </div>
      </div>
      <p className={classes.count} role="status">
        {found.length === 0
          ? t(categories === undefined ? 'work.text.judging.free' : 'work.text.judging.noneFound')
          : t('work.text.judging.found', { count: found.length, formatted: format.number(found.length, 0) })}
      </p>
    </div>
  );
}

/** What is listed; where a project names no categories, what was typed is one. */
function useFound(rows: readonly CategoryRow[], query: string, free: boolean): readonly CategoryRow[] {
  return useMemo(() => {
    const found = searchCategories(rows, query);
    const key = query.trim();
    return free && key !== '' ? [{ key, title: key, path: [], searched: key }] : found;
  }, [free, query, rows]);
}

/** Keys used last in this project, the latest first. */
function useRecent(projectId: string): [readonly string[], (key: string) => void] {
  const [kept, keep] = useUiSetting(`work.text.recent.${projectId}`, '[]');
  const recent = useMemo(() => {
    try {
      const parsed: unknown = JSON.parse(kept);
      return Array.isArray(parsed) ? parsed.filter((key) => typeof key === 'string') : [];
    } catch {
      return [];
    }
  }, [kept]);
  // A key stays where it is once it has a digit: what moves under the fingers is chosen wrongly.
  const remember = (key: string) => {
    if (!recent.includes(key)) keep(JSON.stringify([...recent, key].slice(-mostRecent)));
  };
  return [recent, remember];
}

function Chosen({
  keys,
  titles,
  onRemove,
}: {
  keys: readonly string[];
  titles: ReadonlyMap<string, CategoryRow>;
  onRemove: (key: string) => void;
}) {
  const t = useText();
  return (
    <ul className={classes.chosen} aria-label={t('work.text.judging.chosen')}>
      {keys.map((key) => {
        const row = titles.get(key);
        const name = row?.title ?? key;
        return (
          <li key={key} className={classes.chip} data-chosen={key}>
            <span className={classes.chipName} title={[...(row?.path ?? []), name].join(' › ')}>
              {name}
            </span>
            <UnstyledButton
              className={classes.remove}
              aria-label={t('work.text.judging.remove', { name })}
              onClick={() => onRemove(key)}
            >
              <IconX size={12} stroke={1.8} aria-hidden />
            </UnstyledButton>
          </li>
        );
      })}
      {keys.length === 0 && <li className={classes.none}>{t('work.text.judging.noneChosen')}</li>}
    </ul>
  );
}

interface OptionProps {
  row: CategoryRow;
  id: string;
  top: number;
  /** In search results the way is told; in the tree it is seen. */
  flat: boolean;
  active: boolean;
  chosen: boolean;
  place: number;
  total: number;
  onChoose: () => void;
}

const indent = 16;

function Option({ row, id, top, flat, active, chosen, place, total, onChoose }: OptionProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the combobox above has the keys
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-posinset={place}
      aria-setsize={total}
      className={classes.option}
      data-active={active || undefined}
      data-key={row.key}
      style={{ top, paddingInlineStart: 10 + (flat ? 0 : row.path.length * indent) }}
      tabIndex={-1}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes.mark} aria-hidden />
      <span className={classes.title} title={row.title}>
        {row.title}
      </span>
      <span className={classes.path}>{flat ? row.path.join(' › ') : row.title === row.key ? '' : row.key}</span>
    </div>
  );
}
