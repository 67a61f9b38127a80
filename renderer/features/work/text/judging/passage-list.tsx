import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { givenTexts } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { labelColorOf, labelName } from '../../label-name.ts';
import { toJudging } from '../go-to.ts';
import type { TextStageProps } from '../text-room.tsx';
import { inOrder, remove, useSelected } from './mark-passages.tsx';
import classes from './marking.module.css';

/** Of more passages than this the count is told; they are all in the text. */
const shownMost = 300;

/** The passages marked, in the order one reads them, each leading to its place. */
export function PassageList({ desk, item, project, check }: TextStageProps) {
  const t = useText();
  const format = useFormat();
  const current = useSelected(desk);
  const texts = givenTexts(item);
  const byField = new Map(texts.map(({ field, text }) => [field, text]));
  const passages = inOrder(passagesOf(check.doc), texts);
  const sources = new Map(check.doc.answer?.sources?.map(({ id, title, address }) => [id, title || address]));
  return (
    <section className={classes.list} aria-label={t('work.text.judging.passageList')}>
      <h2 className={classes.head}>
        {t('work.text.judging.passageList')}
        <span className={classes.count}>{format.number(passages.length, 0)}</span>
      </h2>
      {passages.length === 0 && <p className={classes.none}>{t('work.text.judging.noPassages')}</p>}
      <ul>
        {passages.slice(0, shownMost).map(({ id, label, geometry, attributes }) => {
          const words = (byField.get(geometry.field) ?? '').slice(geometry.start, geometry.end).replaceAll(/\s+/g, ' ');
          const source = sources.get(String(attributes['source']));
          const name = labelName(project.labels, label) ?? t('work.text.judging.noLabel');
          const color = labelColorOf(project.labels, label);
          return (
            <li key={id} className={classes.row} data-passage={id} data-current={id === current || undefined}>
              <UnstyledButton
                className={classes.to}
                aria-current={id === current}
                onClick={() => {
                  desk.select([id]);
                  toJudging();
                }}
              >
                <span className={classes.swatch} style={color === null ? {} : { backgroundColor: color }} aria-hidden />
                <span className={classes.name}>{name}</span>
                <bdi className={classes.words}>{words.length > 60 ? `${words.slice(0, 60)}…` : words}</bdi>
                {source && <span className={classes.source}>{source}</span>}
              </UnstyledButton>
              <ActionIcon
                size={24}
                aria-label={t('work.text.judging.removePassage', { words: words.slice(0, 40) })}
                onClick={() => remove(desk, id)}
              >
                <IconX size={14} stroke={1.6} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {passages.length > shownMost && (
        <p className={classes.none}>{t('work.text.judging.more', { count: passages.length - shownMost })}</p>
      )}
    </section>
  );
}
