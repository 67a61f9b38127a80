import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { AnnotationDoc } from '#shared/domain/annotation.ts';
import type { TextSource } from '#shared/domain/text.ts';
import { passagesOf } from '#shared/rules/text-breaches.rules.ts';
import { changeOf, answerChange } from '#shared/rules/undo-journal.rules.ts';
import { givenTexts } from '#shared/text/text-fields.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { goTo } from './go-to.ts';
import { runBound } from '#renderer/lib/action.ts';
import type { TextDesk } from './text-desk.ts';
import classes from './source-list.module.css';

/** The sources of an answer, each leading to the passages that are tied to it. */
export function SourceList({ desk, doc }: { desk: TextDesk; doc: AnnotationDoc }) {
  const t = useText();
  const sources = doc.answer?.sources ?? [];
  return (
    <section className={classes.sources} aria-label={t('work.text.sources.title')}>
      <h2 className={classes.head}>
        {t('work.text.sources.title')}
        <UnstyledButton
          className={classes.add}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => runBound('text.source')}
        >
          {t('work.text.sources.add')} <KeyHint of="text.source" keys="Ctrl+M" />
        </UnstyledButton>
      </h2>
      {sources.length === 0 && <p className={classes.none}>{t('work.text.sources.none')}</p>}
      <ul className={classes.list}>
        {sources.map((source, at) => (
          <SourceRow key={source.id} source={source} place={at + 1} desk={desk} doc={doc} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  source: TextSource;
  place: number;
  desk: TextDesk;
  doc: AnnotationDoc;
}

function SourceRow({ source, place, desk, doc }: RowProps) {
  const t = useText();
  const format = useFormat();
  const given = new Map(givenTexts(desk.texts.facts.item).map(({ field, text }) => [field, text]));
  const tied = passagesOf(doc).filter(({ attributes }) => attributes['source'] === source.id);
  const name = source.title || source.address || t('work.text.sources.unnamed', { place });
  const remove = () => {
    desk.settle();
    const gone = changeOf(
      desk.doc,
      'answer',
      tied.map(({ id }) => ({ id, after: null })),
    );
    const rest = (desk.doc.answer?.sources ?? []).filter(({ id }) => id !== source.id);
    const said = answerChange(desk.doc, { sources: rest.length > 0 ? rest : null });
    if (said) desk.do({ ...said, edits: gone?.edits ?? [] });
  };
  return (
    <li className={classes.row}>
      <span className={classes.words}>
        <span className={classes.title} title={source.address}>
          {name}
        </span>
        <span className={classes.facts}>
          {[
            hostOf(source.address),
            source.seen === null ? null : t('work.text.sources.seen', { day: format.date(source.seen) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {source.quote !== '' && <q className={classes.quote}>{source.quote}</q>}
        {tied.length === 0 && <span className={classes.untied}>{t('work.text.sources.untied')}</span>}
        {tied.map(({ id, geometry }, at) => (
          <UnstyledButton key={id} className={classes.tied} onClick={() => goTo(geometry)}>
            {t('work.text.sources.passage', {
              place: at + 1,
              words: excerpt(given.get(geometry.field) ?? doc.answer?.text, geometry),
            })}
          </UnstyledButton>
        ))}
      </span>
      <ActionIcon size={22} aria-label={t('work.text.sources.remove', { name })} onClick={remove}>
        <IconX size={14} stroke={1.6} aria-hidden />
      </ActionIcon>
    </li>
  );
}

function excerpt(text = '', { start, end }: { start: number; end: number }): string {
  const words = text.slice(start, end).replaceAll(/\s+/g, ' ');
  return words.length > 40 ? `${words.slice(0, 40)}…` : words;
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}
