import type { Turn, TextItem } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { MarkdownText } from './markdown-text.tsx';
import classes from './prompt-pane.module.css';

/** What is asked: the turns so far, as Markdown, and the pictures they speak of. */
export function PromptPane({ item }: { item: TextItem }) {
  const t = useText();
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <section className={classes.pane} aria-label={t('work.text.prompt.title')} tabIndex={0} data-prompt>
      <h2 className={classes.head}>{t('work.text.prompt.title')}</h2>
      {item.prompt.map((turn, at) => (
        <PromptTurn key={at} turn={turn} alone={item.prompt.length === 1 && turn.role === 'user'} />
      ))}
      {item.prompt.length === 0 && <p className={classes.none}>{t('work.text.prompt.none')}</p>}
      {item.images.length > 0 && (
        <ul className={classes.pictures}>
          {item.images.map((name) => (
            <li key={name}>{t('work.text.prompt.picture', { name })}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function PromptTurn({ turn, alone }: { turn: Turn; alone: boolean }) {
  const t = useText();
  return (
    <div className={classes.turn}>
      {!alone && <h3 className={classes.role}>{t(`work.text.roles.${turn.role}`)}</h3>}
      <MarkdownText text={turn.content} />
    </div>
  );
}
