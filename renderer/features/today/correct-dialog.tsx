import { Button, Modal, TextInput, UnstyledButton } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Input } from '#shared/contract/contract.ts';
import type { EntryId, ProjectId } from '#shared/domain/ids.ts';
import type { Paid } from '#shared/domain/time.ts';
import { useClient } from '#renderer/client/client-context.tsx';
import { useCommand } from '#renderer/client/use-command.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { fromLocal, toLocal } from '#renderer/lib/local-time.ts';
import { whatWords } from '#renderer/lib/time-words.ts';
import { MomentField } from '#renderer/ui/date-field.tsx';
import { ErrorNotice } from '#renderer/ui/error-notice.tsx';
import { FieldRow, Fields, FormActions } from '#renderer/ui/form.tsx';
import { StretchFields, type Deed } from './stretch-fields.tsx';
import { planMove, type Grip, type Stretch, type StretchChange } from './stretch-plan.ts';
import classes from './today.module.css';

type Corrections = Input<'ledger.correct'>['corrections'];

/** What is asked of a stretch: other times, by the grip it was moved by. */
export interface Move {
  stretch: Stretch & { paid: Paid; projectId: ProjectId | null; taskId: string | null; taskKind: string | null };
  times: { start: number; end: number };
  grip: Grip;
}

interface Props {
  move: Move;
  day: string;
  stretches: readonly Stretch[];
  onClose: () => void;
}

const iso = (ms: number) => new Date(ms).toISOString();
const presets = ['forgot', 'late', 'wrong'] as const;

/** Corrects a stretch, and whatever has to move with it, as one group of entries with one reason. */
export function CorrectDialog({ move, day, stretches, onClose }: Props) {
  const t = useText();
  const { stretch } = move;
  const client = useClient();
  const [start, setStart] = useState(toLocal(iso(move.times.start)));
  const [end, setEnd] = useState(toLocal(iso(move.times.end)));
  const { lane, what, projectId, taskKind, paid } = stretch;
  const [deed, setDeed] = useState<Deed>({ lane, what, projectId, taskKind, paid });
  const [reason, setReason] = useState('');
  const correct = useCommand('ledger.correct');
  const times = {
    start: Date.parse(fromLocal(start, iso(move.times.start))),
    end: Date.parse(fromLocal(end, iso(move.times.end))),
  };
  const renamed =
    deed.what !== what || deed.paid !== paid || deed.projectId !== projectId || deed.taskKind !== taskKind;
  const plan = planMove(stretches, stretch, times, move.grip);
  const changes =
    typeof plan !== 'string' ? plan : plan === 'nothing' && renamed && times.end > times.start ? alone(stretch) : null;

  const write = async (all: readonly StretchChange[]) => {
    const corrections: Corrections = [];
    for (const change of all) {
      // Only what was changed: of a stretch that keeps its project no body becomes another.
      const given = change.stretch.id === stretch.id && renamed ? bodyOf(deed, taskKind) : {};
      corrections.push(await correctionOf(client, change, given));
    }
    if (await correct.run({ corrections, reason: reason.trim() })) onClose();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (changes) await write(changes);
  };
  const takeOut = () => write([{ ...alone(stretch)[0]!, voided: true }]);
  return (
    <Modal opened onClose={onClose} title={t('today.correct.title')} size={600} withCloseButton={false}>
      <form onSubmit={(event) => void submit(event)}>
        <Fields>
          <FieldRow>
            <MomentField label={t('today.correct.start')} value={start} onChange={setStart} required />
            <MomentField label={t('today.correct.end')} value={end} onChange={setEnd} required />
          </FieldRow>
          {lane !== 'presence' && (
            <StretchFields lanes={[lane]} day={day} deed={deed} ofTask={stretch.taskId !== null} onChange={setDeed} />
          )}
          {typeof plan === 'string' && plan !== 'nothing' && <p role="alert">{t(`today.correct.refused.${plan}`)}</p>}
          {changes && changes.length > 1 && <Changes changes={changes.slice(1)} />}
          <div>
            <TextInput
              label={t('ui.confirm.reason')}
              description={t('ui.confirm.reasonHint')}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
              maxLength={20_000}
              required
              data-autofocus
            />
            <div className={classes.presets}>
              {presets.map((preset) => (
                <UnstyledButton
                  key={preset}
                  className={classes.preset}
                  onClick={() => setReason(t(`today.correct.presets.${preset}`))}
                >
                  {t(`today.correct.presets.${preset}`)}
                </UnstyledButton>
              ))}
            </div>
          </div>
          <ErrorNotice error={correct.error} />
          <FormActions>
            <Button
              className={classes.takeOut}
              variant="subtle"
              disabled={reason.trim() === '' || correct.running}
              onClick={() => void takeOut()}
            >
              {t('today.correct.takeOut')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {t('ui.confirm.cancel')}
            </Button>
            <Button type="submit" loading={correct.running} disabled={!changes || reason.trim() === ''}>
              {t('today.correct.confirm')}
            </Button>
          </FormActions>
        </Fields>
      </form>
    </Modal>
  );
}

/** Neighbours that give way. */
function Changes({ changes }: { changes: readonly StretchChange[] }) {
  const t = useText();
  const format = useFormat();
  return (
    <div>
      <p className={classes.quiet}>{t('today.correct.neighbours')}</p>
      <ul className={classes.changes}>
        {changes.map(({ stretch, start, end, voided }) => (
          <li key={stretch.id}>
            <span>{whatWords(t, stretch.lane, stretch.what)}</span>
            <span className={classes.quiet}>
              {format.time(iso(stretch.start))}–{format.time(iso(stretch.end))}
            </span>
            <span aria-hidden>→</span>
            <span>{voided ? t('today.correct.voided') : `${format.time(iso(start))}–${format.time(iso(end))}`}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

const alone = (stretch: Stretch): StretchChange[] => [
  { stretch, start: stretch.start, end: stretch.end, voided: false },
];

/** A deed as the body of an entry has it; its lane stays. */
const bodyOf = ({ what, projectId, taskKind, paid }: Deed, kindBefore: string | null) => ({
  ...{ what, project: projectId, paid },
  ...(taskKind === kindBefore ? {} : { task_kind: taskKind }),
});

/** The correction of one stretch: the body as it is now, with what is given, and the times it gets. */
async function correctionOf(
  client: ReturnType<typeof useClient>,
  { stretch, start, end, voided }: StretchChange,
  given: Partial<ReturnType<typeof bodyOf>>,
): Promise<Corrections[number]> {
  const entry = await client.call('ledger.get', { id: stretch.entryId as EntryId });
  const entryId = entry.history.at(-1)?.id ?? entry.id;
  if (voided) return { type: 'void', entryId };
  const values = { ...entry.effective, ...given };
  return { type: 'amend', entryId, values, occurredStart: iso(start), occurredEnd: iso(end) };
}
