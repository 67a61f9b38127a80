import type { Output } from '#shared/contract/contract.ts';
import { placeText } from '#renderer/i18n/error-text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { failWords } from '../exchange-words.ts';
import classes from './text-exchange.module.css';

type Shown = Output<'texts.preview'>['items'][number];

/** The tasks as they would become, and the rows that would become none. */
export function RowPreview({ items, failed }: Pick<Output<'texts.preview'>, 'items' | 'failed'>) {
  const t = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <ul className={classes.rows} tabIndex={0} aria-label={t('work.texts.tasks')}>
      {failed.map(({ where, why }) => (
        <li key={`${where} ${why}`} className={classes.bad}>
          <span className={classes.where}>{placeText(where, t)}</span>
          <span>{failWords(t, why)}</span>
        </li>
      ))}
      {items.map((shown) => (
        <RowItem key={shown.where} shown={shown} />
      ))}
    </ul>
  );
}

/** Whether what is asked was taken from what both answers of its row begin with. */
const hadNoPrompt = ({ prompt, extra }: Shown['item']): boolean =>
  prompt.length > 0 && Object.hasOwn(extra, 'chosen') && !Object.hasOwn(extra, 'prompt');

/** Letters enough to know a text by. */
const beginning = 240;

function RowItem({ shown: { where, item, answered } }: { shown: Shown }) {
  const t = useText();
  const facts = [
    t(`work.text.kinds.${item.kind}`),
    item.prompt.length > 1 && t('work.texts.turns', { count: item.prompt.length }),
    item.images.length > 0 && t('work.texts.pictures', { count: item.images.length }),
    item.machine !== null && t('work.texts.judged'),
    answered && t('work.texts.answered'),
    hadNoPrompt(item) && t('work.texts.sharedPrompt'),
  ].filter((fact) => fact !== false);
  const asked = item.prompt.at(-1)?.content ?? '';
  return (
    <li className={classes.item}>
      <span className={classes.where}>{item.name}</span>
      <span className={classes.texts}>
        <span className={classes.asked}>{asked.slice(0, beginning) || placeText(where, t)}</span>
        {item.candidates.map(({ id, content, model }, place) => (
          <span key={id} className={classes.given}>
            <span className={classes.share}>{model ?? t('work.text.candidate', { place: place + 1 })}</span>{' '}
            {(typeof content === 'string' ? content : (content.at(-1)?.content ?? '')).slice(0, beginning)}
          </span>
        ))}
        <span className={classes.share}>{facts.join(' · ')}</span>
      </span>
    </li>
  );
}
