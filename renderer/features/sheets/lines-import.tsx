import { Button, Checkbox } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useKindName } from '#renderer/lib/entry-words.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { Facts, FormActions, Section } from '#renderer/ui/form.tsx';
import { HashText } from '#renderer/ui/hash-text.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { faultWords } from './sheets-words.ts';
import classes from './sheets.module.css';

type Seen = Output<'ledger.importPreview'>;

/** Whether a file's name says that it holds entries as this program exports them. */
export const holdsEntries = (path: string): boolean => /\.jsonl$/i.test(path.trim());

/** Takes in a file of entries: look it through, say whose it is and what is here already, then take it in or keep it apart. */
export function LinesImport({ path }: { path: string }) {
  const t = useText();
  const preview = useJob('ledger.importPreview');
  const take = useJob('ledger.import');
  const { run, cancel } = preview;
  const [seen, setSeen] = useState<Seen | null>(null);
  const [apart, setApart] = useState(false);
  const [done, setDone] = useState<Output<'ledger.import'> | null>(null);
  useEffect(() => {
    let current = true;
    void run({ path }).then((found) => current && found && setSeen(found));
    return () => {
      current = false;
      cancel();
    };
  }, [run, cancel, path]);
  if (done) return <Done done={done} />;
  const other = seen !== null && ['part', 'forked', 'foreign'].includes(seen.relation);
  // What was taken in without its files can get them later.
  const files = seen !== null && !other && seen.attachmentsBeside > 0;
  const ready = seen !== null && seen.wrong === 0 && (other ? apart : seen.missing > 0 || files);
  const apply = async () => {
    const answer = await take.run({ path, keepApart: other && apart, dryRun: false });
    if (answer) setDone(answer);
  };
  return (
    <>
      <ErrorNotice error={preview.error ?? take.error} />
      {preview.progress && !seen && (
        <JobProgress
          label={t('sheets.lines.looking')}
          {...preview.progress}
          onCancel={cancel}
          cancelling={preview.cancelling}
        />
      )}
      {seen && (
        <>
          <Found seen={seen} />
          <Section title={t('sheets.lines.what')}>
            <p className={classes.facts}>{t(`sheets.lines.relations.${seen.relation}`)}</p>
            {other && seen.wrong === 0 && (
              <Checkbox
                label={t('sheets.lines.apart')}
                description={t('sheets.lines.apartHint')}
                checked={apart}
                onChange={(event) => setApart(event.currentTarget.checked)}
              />
            )}
            {take.progress && (
              <JobProgress
                label={t('sheets.lines.taking')}
                {...take.progress}
                onCancel={take.cancel}
                cancelling={take.cancelling}
              />
            )}
            <FormActions>
              <Button disabled={!ready} loading={take.progress !== null} onClick={() => void apply()}>
                <TakeWords seen={seen} apart={other} />
              </Button>
            </FormActions>
          </Section>
        </>
      )}
    </>
  );
}

function TakeWords({ seen, apart }: { seen: Seen; apart: boolean }) {
  const t = useText();
  const format = useFormat();
  if (apart) return t('sheets.lines.keep', { count: seen.entries, formatted: format.number(seen.entries, 0) });
  if (seen.relation === 'restores') {
    return t('sheets.lines.restore', { count: seen.missing, formatted: format.number(seen.missing, 0) });
  }
  if (seen.missing === 0 && seen.attachmentsBeside > 0) {
    const { attachmentsBeside: files } = seen;
    return t('sheets.lines.takeFiles', { count: files, formatted: format.number(files, 0) });
  }
  return t('sheets.lines.take', { count: seen.missing, formatted: format.number(seen.missing, 0) });
}

/** What the file holds, whether it proves itself, and what of it is here. */
function Found({ seen }: { seen: Seen }) {
  const t = useText();
  const format = useFormat();
  const kindName = useKindName();
  const count = (value: number) => format.number(value, 0);
  const facts = [
    { name: t('sheets.lines.entries'), value: count(seen.entries) },
    {
      name: t('sheets.lines.happened'),
      value:
        seen.occurredFrom && seen.occurredTo
          ? `${format.date(seen.occurredFrom)} – ${format.date(seen.occurredTo)}`
          : null,
    },
    { name: t('sheets.lines.whose'), value: seen.origin ?? t('sheets.lines.noName') },
    { name: t('sheets.lines.here'), value: count(seen.here) },
    { name: t('sheets.lines.erased'), value: seen.erasedFields > 0 ? count(seen.erasedFields) : null },
    {
      name: t('sheets.lines.attachments'),
      value:
        seen.attachments > 0
          ? [
              t('sheets.lines.attachmentsOf', {
                all: count(seen.attachments),
                missing: count(seen.attachmentsMissing),
              }),
              seen.attachmentsBeside > 0 && t('sheets.lines.attachmentsBeside', { count: seen.attachmentsBeside }),
            ]
              .filter(Boolean)
              .join(' · ')
          : null,
    },
    { name: t('sheets.lines.hash'), value: <HashText value={seen.file.hash} /> },
  ];
  return (
    <Section title={t('sheets.lines.title')}>
      {seen.wrong === 0 ? (
        <p className={classes.facts} role="status">
          {t('sheets.lines.proven', { count: seen.entries, formatted: count(seen.entries) })}
        </p>
      ) : (
        <ul className={classes.gaps} aria-label={t('sheets.lines.wrong')}>
          <li>{t('sheets.lines.refused', { count: seen.wrong, formatted: count(seen.wrong) })}</li>
          {seen.faults.slice(0, 20).map(({ line, why }) => (
            <li key={`${line} ${why}`}>{t('sheets.lines.fault', { line: count(line), why: faultWords(t, why) })}</li>
          ))}
        </ul>
      )}
      <Facts facts={facts.filter(({ value }) => value !== null)} />
      <details className={classes.more}>
        <summary>{t('sheets.lines.kinds')}</summary>
        <ul className={classes.kindsFound}>
          {seen.kinds.map(({ kind, count: of }) => (
            <li key={kind}>
              {kindName(kind)} <span>{count(of)}</span>
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}

function Done({ done }: { done: Output<'ledger.import'> }) {
  const t = useText();
  const format = useFormat();
  const count = done.apart > 0 ? done.apart : done.taken;
  return (
    <Section title={t('sheets.done.title')}>
      <p role="status">
        {[
          (count > 0 || done.attachments === 0) &&
            t(done.apart > 0 ? 'sheets.lines.doneApart' : 'sheets.lines.done', {
              count,
              formatted: format.number(count, 0),
            }),
          done.attachments > 0 && t('sheets.lines.doneFiles', { count: done.attachments }),
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      <FormActions>
        <DoneButton onClick={() => navigate('ledger', {})}>{t('sheets.done.show')}</DoneButton>
      </FormActions>
    </Section>
  );
}
