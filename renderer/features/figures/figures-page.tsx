import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type FigureId, figureIds } from '#shared/metrics/catalogue.metric.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { type FigureWords, useFigureWords } from '#renderer/lib/figure-words.ts';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Page } from '#renderer/ui/page.tsx';
import classes from './figures.module.css';

/** Every figure of the program: its formula, what it does at its edges, its unit and what it is computed from. */
export function FiguresPage() {
  const t = useText();
  const words = useFigureWords();
  const [wanted, setWanted] = useState('');
  const all = useMemo(() => figureIds.map((id): [FigureId, FigureWords] => [id, words(id)]), [words]);
  const parts = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = all.filter(([, figure]) => {
    const text = Object.values(figure).join(' ').toLowerCase();
    return parts.every((part) => text.includes(part));
  });
  return (
    <Page
      title={t('app.rooms.figures')}
      layout="fill"
      filters={
        <TextInput
          className={classes.search}
          aria-label={t('figures.search')}
          placeholder={t('figures.search')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key */}
      <div className={classes.page} tabIndex={0} role="region" aria-label={t('app.rooms.figures')}>
        {found.length === 0 && <EmptyState sentence={t('app.palette.nothing')} />}
        <dl>
          {found.map(([id, figure]) => (
            <div key={id} className={classes.figure}>
              <dt>{figure.name}</dt>
              <dd>
                <p>{figure.formula}</p>
                <p className={classes.quiet}>{figure.edges}</p>
                <p className={classes.quiet}>{figure.details}</p>
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Page>
  );
}
