import { Button, Checkbox, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { Output } from '#shared/contract/contract.ts';
import { useJob } from '#renderer/client/use-job.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { navigate } from '#renderer/lib/route.store.ts';
import { DoneButton } from '#renderer/ui/done-button.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FormActions, Section } from '#renderer/ui/form.tsx';
import { JobProgress } from '#renderer/ui/job-progress.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { PathField } from '#renderer/ui/path-picker.tsx';
import { holdsEntries, LinesImport } from './lines-import.tsx';
import { SheetBecomes } from './sheets-becomes.tsx';
import { SheetColumns } from './sheets-columns.tsx';
import { SheetPeople } from './sheets-people.tsx';
import { SheetReadingPart } from './sheets-reading.tsx';
import { SheetResult } from './sheets-result.tsx';
import { type SheetSource, useSheet } from './use-sheet.ts';
import classes from './sheets.module.css';

const endings = ['csv', 'tsv', 'txt', 'xlsx', 'xls', 'json', 'timeclock', 'jsonl'] as const;

/** Takes a spreadsheet, a pasted table or an export into the ledger: look at it, say what is what, see what would happen, take it in. */
export function SheetsPage() {
  const t = useText();
  const [way, setWay] = useState<'file' | 'paste'>('file');
  const [path, setPath] = useState('');
  const [pasted, setPasted] = useState('');
  const [askedPath] = useDebouncedValue(path.trim(), 300);
  const [askedText] = useDebouncedValue(pasted, 300);
  const [done, setDone] = useState<Output<'sheets.apply'> | null>(null);
  const source = sourceOf(way, askedPath, askedText, t('sheets.source.pastedName'));
  return (
    <Page title={t('sheets.title')}>
      <Section title={t('sheets.source.title')} lead={t('sheets.source.lead')}>
        <SegmentedControl
          aria-label={t('sheets.source.title')}
          data={[
            { value: 'file', label: t('sheets.source.file') },
            { value: 'paste', label: t('sheets.source.paste') },
          ]}
          value={way}
          onChange={(value) => {
            setWay(value as 'file' | 'paste');
            setDone(null);
          }}
        />
        {way === 'file' ? (
          <PathField
            label={t('sheets.source.path')}
            description={t('sheets.source.pathHint')}
            value={path}
            onChange={(next) => {
              setPath(next);
              setDone(null);
            }}
            options={{ mode: 'file', title: t('sheets.source.choose'), endings }}
          />
        ) : (
          <Textarea
            label={t('sheets.source.pasteHere')}
            autosize
            minRows={4}
            maxRows={10}
            value={pasted}
            spellCheck={false}
            onChange={(event) => {
              setPasted(event.currentTarget.value);
              setDone(null);
            }}
          />
        )}
      </Section>
      {done ? <Done done={done} /> : source && <Given key={JSON.stringify(source)} source={source} onDone={setDone} />}
    </Page>
  );
}

interface GivenProps {
  source: SheetSource;
  onDone: (done: Output<'sheets.apply'>) => void;
}

/** Whatever was given: a file of entries, or a table. */
function Given({ source, onDone }: GivenProps) {
  if ('path' in source && holdsEntries(source.path)) return <LinesImport path={source.path} />;
  return <Table source={source} onDone={onDone} />;
}

function sourceOf(way: 'file' | 'paste', path: string, pasted: string, name: string): SheetSource | null {
  if (way === 'file') return path === '' ? null : { path };
  return pasted.trim() === '' ? null : { pasted, name };
}

function Table({ source, onDone }: GivenProps) {
  const t = useText();
  const format = useFormat();
  const sheet = useSheet(source);
  const apply = useJob('sheets.apply');
  const [everyone, setEveryone] = useState(false);
  const [keepWholeFile, setKeepWholeFile] = useState(false);
  const [leaveOutRefused, setLeaveOutRefused] = useState(false);
  const { seen, mapping, job } = sheet;
  const result = seen?.gaps.length === 0 ? seen.result : null;
  // Until one has said who one is, nobody's rows are mine.
  const isWhose = mapping?.me !== null || everyone || seen?.people === null;
  const refused = result !== null && result.refusedRows > 0;
  const ready = sheet.settled && result !== null && isWhose && result.taken > 0 && (!refused || leaveOutRefused);
  const take = async () => {
    if (!mapping || !ready) return;
    const answer = await apply.run({ source, mapping, keepWholeFile, leaveOutRefused, dryRun: false });
    if (answer) onDone(answer);
  };
  return (
    <>
      <ErrorNotice error={job.error ?? apply.error} />
      {job.progress && !seen && (
        <JobProgress
          label={t('sheets.reading.busy')}
          {...job.progress}
          onCancel={job.cancel}
          cancelling={job.cancelling}
        />
      )}
      {seen && mapping && (
        <>
          <SheetReadingPart seen={seen} remembered={sheet.remembered} onReread={sheet.reread} />
          <SheetPeople
            seen={seen}
            mapping={mapping}
            everyone={everyone}
            onEveryone={setEveryone}
            onChange={sheet.change}
            onLookFor={sheet.lookFor}
          />
          <SheetBecomes seen={seen} mapping={mapping} onChange={sheet.change} />
          <SheetColumns seen={seen} mapping={mapping} onChange={sheet.change} />
          {result && isWhose && <SheetResult result={result} mapping={mapping} />}
          <Section title={t('sheets.take.title')}>
            {refused && (
              <Checkbox
                label={t('sheets.take.leaveOut')}
                checked={leaveOutRefused}
                onChange={(event) => setLeaveOutRefused(event.currentTarget.checked)}
              />
            )}
            <Checkbox
              label={t('sheets.take.whole')}
              description={t('sheets.take.wholeHint')}
              checked={keepWholeFile}
              onChange={(event) => setKeepWholeFile(event.currentTarget.checked)}
            />
            {apply.progress && (
              <JobProgress
                label={t('sheets.take.busy')}
                {...apply.progress}
                onCancel={apply.cancel}
                cancelling={apply.cancelling}
              />
            )}
            {!isWhose && <p className={classes.facts}>{t('sheets.take.whose')}</p>}
            <FormActions>
              <Button disabled={!ready} loading={apply.progress !== null} onClick={() => void take()}>
                {ready
                  ? t('sheets.take.button', { count: result.taken, rows: format.number(result.taken, 0) })
                  : t('sheets.take.none')}
              </Button>
            </FormActions>
          </Section>
        </>
      )}
    </>
  );
}

function Done({ done }: { done: Output<'sheets.apply'> }) {
  const t = useText();
  const format = useFormat();
  return (
    <Section title={t('sheets.done.title')}>
      <p role="status">{t('sheets.done.taken', { count: done.taken, rows: format.number(done.taken, 0) })}</p>
      <FormActions>
        <DoneButton onClick={() => navigate('ledger', done.entryId ? { entryId: done.entryId } : {})}>
          {t('sheets.done.show')}
        </DoneButton>
      </FormActions>
    </Section>
  );
}
