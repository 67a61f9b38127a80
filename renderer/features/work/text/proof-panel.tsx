import { Button, Switch } from '@mantine/core';
import { useEffect, useMemo, useReducer, useState } from 'react';
import type { TextItem } from '#shared/domain/text.ts';
import { editFigures, type EditFigures } from '#shared/text/edit-figures.ts';
import { textBefore } from '#shared/text/text-fields.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import type { KeptHistory, TextField } from '#renderer/text/text-field.ts';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import type { TaskFacts } from '../use-open-task.ts';
import { EraseDialog } from './erase-dialog.tsx';
import { PasteLength } from './paste-length.tsx';
import { keepsOriginSetting } from './proof-settings.ts';
import { ReplayPlayer } from './replay-player.tsx';
import type { TextDesk } from './text-desk.ts';
import { textStore } from './text.store.ts';
import { useAttachProof } from './use-attach-proof.ts';
import classes from './proof-panel.module.css';

interface Props {
  desk: TextDesk;
  facts: TaskFacts;
  kept: KeptHistory;
}

/** How the text came to be: what is kept, its figures, the writing once more, and what may be done with it. Nothing of it leaves unasked. */
export function ProofPanel({ desk, facts, kept }: Props) {
  const t = useText();
  const [keepsOrigin, setKeepsOrigin] = useUiSetting(keepsOriginSetting, false);
  const dialog = textStore((state) => state.dialog);
  const fields = useWrittenFields(desk);
  const { task } = useQuery('tasks.get', { taskId: facts.task.id }).data ?? facts;
  const proof = useAttachProof(desk, task.submissionId);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by key
    <div className={classes.panel} role="region" aria-label={t('work.text.proof.title')} tabIndex={0} data-proof>
      <h2 className={classes.head}>{t('work.text.proof.title')}</h2>
      <p className={classes.calm}>{t(`work.text.proof.kept.${kept}`)}</p>
      {fields.length === 0 && <p className={classes.calm}>{t('work.text.proof.none')}</p>}
      {fields.length > 0 && (
        <>
          {kept !== 'off' && <Figures fields={fields} item={desk.texts.facts.item} />}
          <ReplayPlayer fields={fields} item={desk.texts.facts.item} />
          {kept !== 'off' && <Pastes fields={fields} />}
        </>
      )}
      <Switch
        label={t('work.text.proof.origin')}
        description={t('work.text.proof.originWhat')}
        checked={keepsOrigin}
        onChange={(event) => setKeepsOrigin(event.currentTarget.checked)}
      />
      <ErrorNotice error={proof.error} onDismiss={proof.clear} />
      {proof.attached !== null && (
        <p role="status" className={classes.calm}>
          {t(proof.attached === 'sealed' ? 'work.text.proof.attached' : 'work.text.proof.attachedLater')}
        </p>
      )}
      <div className={classes.steps}>
        <Button
          size="xs"
          variant="default"
          disabled={task.submissionId === null || kept !== 'full' || fields.length === 0}
          loading={proof.running}
          onClick={() => void proof.attach()}
        >
          {t('work.text.proof.attach')}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={fields.length === 0}
          onClick={() => textStore.setState({ dialog: 'erase' })}
        >
          {t('work.text.proof.erase')}
        </Button>
        <span className={classes.calm}>
          {kept !== 'full'
            ? t('work.text.proof.attachNotKept')
            : task.submissionId === null && t('work.text.proof.attachWhen')}
        </span>
      </div>
      {dialog === 'erase' && <EraseDialog desk={desk} />}
    </div>
  );
}

/** The texts that have a history; drawn anew a second after one changes. */
function useWrittenFields(desk: TextDesk): readonly TextField[] {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => desk.on('text', draw), [desk]);
  return desk.texts.fields().filter((field) => field.edits().length > 0);
}

function Figures({ fields, item }: { fields: readonly TextField[]; item: TextItem }) {
  const t = useText();
  const format = useFormat();
  const sum = useMemo(() => {
    const all = fields.map((field) => editFigures(field.edits(), textBefore(item, field.name)));
    const of = (name: keyof EditFigures) => all.reduce((total, each) => total + each[name], 0);
    return {
      active_ms: of('active_ms'),
      typed: of('typed'),
      pasted: of('pasted'),
      removed: of('removed'),
      pastes: of('pastes'),
      revisions: of('revisions'),
    };
  }, [fields, item]);
  const written = sum.typed + sum.pasted;
  const share = (part: number) => (written <= 0 ? '–' : format.percent(part / written, 0));
  const figures = [
    ['active', format.duration(sum.active_ms)],
    ['typed', share(sum.typed)],
    ['pasted', share(sum.pasted)],
    ['revisions', format.number(sum.revisions, 0)],
    ['removed', format.number(sum.removed, 0)],
    ['pastes', format.number(sum.pastes, 0)],
  ] as const;
  return (
    <dl className={classes.figures}>
      {figures.map(([name, value]) => (
        <div key={name} className={classes.figure} title={t(`work.text.proof.how.${name}`)} data-figure={name}>
          <dt>{t(`work.text.proof.figures.${name}`)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What was pasted: when, how long, and where from where that was kept. */
function Pastes({ fields }: { fields: readonly TextField[] }) {
  const t = useText();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const pastes = fields
    .flatMap((field) => field.edits().filter(({ how }) => how === 'paste' || how === 'drop'))
    .sort((a, b) => b.at - a.at);
  if (pastes.length === 0) return null;
  return (
    <section aria-label={t('work.text.proof.pastes')}>
      <h3 className={classes.head}>{t('work.text.proof.pastes')}</h3>
      <ul className={classes.pastes}>
        {pastes.slice(0, all ? 500 : 5).map((edit, at) => (
          <li key={at}>
            {format.dateTime(new Date(edit.at).toISOString())} · <PasteLength text={edit.inserted} />
            {edit.origin !== undefined && ` · ${edit.origin}`}
          </li>
        ))}
      </ul>
      {pastes.length > 5 && !all && (
        <Button size="xs" variant="subtle" onClick={() => setAll(true)}>
          {t('work.text.proof.allPastes')}
        </Button>
      )}
    </section>
  );
}
