import type { Candidate } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { MarkdownText } from '../markdown-text.tsx';
import classes from './judging.module.css';

/** An answer of a machine: a text, or turns one below the other. */
export function CandidateText({ content }: Pick<Candidate, 'content'>) {
  const t = useText();
  if (typeof content === 'string') return <MarkdownText text={content} />;
  return content.map((turn, at) => (
    <div key={at} className={classes.turn}>
      <h4 className={classes.role}>{t(`work.text.roles.${turn.role}`)}</h4>
      <MarkdownText text={turn.content} />
    </div>
  ));
}
