import { ActionIcon, Slider, Tooltip, UnstyledButton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { v7 as uuidv7 } from 'uuid';
import { useMemo } from 'react';
import type { Proposal, ShapeId } from '#shared/domain/annotation.ts';
import type { TaskId } from '#shared/domain/ids.ts';
import type { LabelSet } from '#shared/domain/label-set.ts';
import { boundsOf } from '#shared/geometry/bounds.ts';
import { acceptance, rejection, undecidedProposals } from '#shared/rules/proposals.rules.ts';
import type { ImageCanvas } from '#renderer/canvas/image-canvas.ts';
import { useQuery } from '#renderer/client/use-query.ts';
import { useUiSetting } from '#renderer/client/use-ui-setting.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import { focusCanvas } from './canvas-focus.ts';
import type { DraftJournal } from './draft-journal.ts';
import { labelColorOf, labelName } from './label-name.ts';
import { OutlineOverlay } from './outline-overlay.tsx';
import { useDraft } from './use-open-task.ts';
import { useProposalSteps } from './use-proposal-steps.ts';
import classes from './proposal-list.module.css';

interface Props {
  taskId: TaskId;
  labels: LabelSet;
  canvas: ImageCanvas;
  journal: DraftJournal;
}

const shownMost = 100;

/**
 * What a machine proposes for this photo and nobody has decided about, the least sure first: taken over, turned down or taken and corrected,
 * each by one key. Nothing at all where nothing is proposed.
 */
export function ProposalList({ taskId, labels, canvas, journal }: Props) {
  const t = useText();
  const format = useFormat();
  const all = useQuery('proposals.list', { taskId }).data?.proposals;
  const { doc } = useDraft(journal).journal;
  const open = useMemo(() => undecidedProposals(all ?? [], doc), [all, doc]);
  const { here, lookAt, after, step, first } = useProposalSteps(open, (proposal) => bringIntoView(canvas, proposal));
  const [threshold, setThreshold] = useUiSetting('work.proposals.threshold', 0.8);
  const sure = open.filter(({ score }) => score !== null && score >= threshold);

  const accept = (proposals: readonly Proposal[]) => {
    canvas.settle();
    const made = acceptance(canvas.doc, proposals, () => uuidv7() as ShapeId);
    if (!made) return;
    canvas.apply(made.change);
    journal.do(made.change);
    canvas.select(made.ids);
    focusCanvas();
  };
  const reject = (proposal: Proposal) => {
    canvas.settle();
    const change = rejection(canvas.doc, [proposal.id]);
    if (!change) return;
    canvas.apply(change);
    journal.do(change);
    lookAt(after(proposal));
    focusCanvas();
  };
  const when = () => open.length > 0;
  const ifHere = () => here !== undefined;
  useActions({
    'work.proposal-next': { run: () => step(1), when },
    'work.proposal-previous': { run: () => step(-1), when },
    'work.proposal-first': { run: first, when },
    'work.proposal-accept': {
      run: () => {
        if (!here) return;
        accept([here]);
        lookAt(after(here));
      },
      when: ifHere,
    },
    'work.proposal-correct': { run: () => here && accept([here]), when: ifHere },
    'work.proposal-reject': { run: () => here && reject(here), when: ifHere },
    'work.proposal-accept-sure': { run: () => accept(sure), when: () => sure.length > 0 },
  });

  if (open.length === 0) return null;
  const name = ({ label }: Proposal) => labelName(labels, label) ?? t('work.objects.noClass');
  const score = ({ score: value }: Proposal) => (value === null ? '' : format.percent(value, 0));
  return (
    <section className={classes.proposals} aria-label={t('work.proposals.title')}>
      <OutlineOverlay
        canvas={canvas}
        shapes={open.map((each) => ({
          key: each.id,
          geometry: each.geometry,
          look: 'proposed',
          here: each === here,
          text: [name(each), score(each)].filter(Boolean).join(' '),
        }))}
      />
      <h2 className={classes.head}>
        {t('work.proposals.title')}
        <span className={classes.count}>{format.number(open.length, 0)}</span>
        <span className={classes.keys}>
          <KeyHint of="work.proposal-next" keys="M" />
        </span>
      </h2>
      <ul className={classes.list}>
        {open.slice(0, shownMost).map((proposal) => (
          <li key={proposal.id} className={classes.row} data-here={proposal === here}>
            <UnstyledButton className={classes.name} onClick={() => lookAt(proposal)}>
              <i
                className={classes.color}
                style={{ background: labelColorOf(labels, proposal.label) ?? 'transparent' }}
              />
              <span className={classes.words}>{name(proposal)}</span>
              <span className={classes.score}>{score(proposal)}</span>
            </UnstyledButton>
            <Tooltip label={<Tip words={t('work.actions.proposalAccept')} of="work.proposal-accept" keys="Y" />}>
              <ActionIcon
                size={22}
                aria-label={t('work.proposals.accept', { name: name(proposal) })}
                onClick={() => accept([proposal])}
              >
                <IconCheck size={14} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={<Tip words={t('work.actions.proposalReject')} of="work.proposal-reject" keys="K" />}>
              <ActionIcon
                size={22}
                aria-label={t('work.proposals.reject', { name: name(proposal) })}
                onClick={() => reject(proposal)}
              >
                <IconX size={14} stroke={1.8} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
      {open.length > shownMost && (
        <p className={classes.more}>{t('work.breaches.more', { count: open.length - shownMost })}</p>
      )}
      {open.some((each) => each.score !== null) && (
        <div className={classes.threshold}>
          <Slider
            className={classes.slider}
            size={4}
            thumbSize={12}
            label={null}
            thumbLabel={t('work.proposals.threshold')}
            min={0}
            max={1}
            step={0.01}
            value={threshold}
            onChange={setThreshold}
          />
          <UnstyledButton className={classes.all} disabled={sure.length === 0} onClick={() => accept(sure)}>
            {t('work.proposals.acceptSure', { count: sure.length, score: format.percent(threshold, 0) })}
          </UnstyledButton>
        </div>
      )}
    </section>
  );
}

function Tip({ words, of, keys }: { words: string; of: string; keys: string }) {
  return (
    <span className={classes.tip}>
      {words}
      <KeyHint of={of} keys={keys} />
    </span>
  );
}

/** Shows it with room around, unless all of it is in view already and large enough to judge. */
function bringIntoView(canvas: ImageCanvas, { geometry }: Proposal): void {
  const bounds = boundsOf(geometry);
  if (!bounds) return;
  const margin = Math.max(40, bounds.w / 2, bounds.h / 2);
  canvas.fit({
    left: bounds.x - margin,
    top: bounds.y - margin,
    right: bounds.x + bounds.w + margin,
    bottom: bounds.y + bounds.h + margin,
  });
}
