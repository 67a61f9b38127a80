import { useMemo } from 'react';
import type { Turn, TextItem } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { MarkdownText, Pictures } from './markdown-text.tsx';
import classes from './prompt-pane.module.css';

interface Props {
  item: TextItem;
  /** Where the task's media are read; its pictures by their number below it. */
  mediaUrl: string;
}

/** What is asked: the turns so far, as Markdown, and the pictures they speak of; those it doesn't show stand below. */
export function PromptPane({ item, mediaUrl }: Props) {
  const t = useText();
  const pictures = useMemo(
    () => new Map(item.images.map((name, at) => [name, `${mediaUrl}/${at}`])),
    [item.images, mediaUrl],
  );
  const below = [...pictures].filter(([name]) => !item.prompt.some(({ content }) => content.includes(`](${name}`)));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <section className={classes.pane} aria-label={t('work.text.prompt.title')} tabIndex={0} data-prompt>
      <h2 className={classes.head}>{t('work.text.prompt.title')}</h2>
      <Pictures value={pictures}>
        {item.prompt.map((turn, at) => (
          <PromptTurn key={at} turn={turn} alone={item.prompt.length === 1 && turn.role === 'user'} />
        ))}
      </Pictures>
      {item.prompt.length === 0 && <p className={classes.none}>{t('work.text.prompt.none')}</p>}
      {below.map(([name, address]) => (
        <img key={name} className={classes.picture} src={address} alt={t('work.text.prompt.picture', { name })} />
      ))}
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
