import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { v7 as uuidv7 } from 'uuid';
import { memo } from 'react';
import type { Proposal, ShapeId, SpanGeometry } from '#shared/domain/annotation.ts';
import { acceptance, rejection } from '#shared/rules/proposals.rules.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';
import { useActions } from '#renderer/lib/action.ts';
import { dialogIsOpen } from '#renderer/lib/dialogs.ts';
import { KeyHint } from '#renderer/ui/key-hint.tsx';
import shared from '../proposal-list.module.css';
import { useProposalSteps } from '../use-proposal-steps.ts';
import type { SoundDesk } from './sound-desk.ts';
import { lengthText, placeText } from './sound-time.ts';
import classes from './sound-side.module.css';

/** A proposal of a segment. */
export type ProposedSegment = Proposal & { geometry: SpanGeometry };

interface Props {
  desk: SoundDesk;
  rate: number;
  /** In time, none decided about. */
  open: readonly ProposedSegment[];
  /** Lets one be seen and heard. */
  onLook: (proposal: ProposedSegment) => void;
}

const shownMost = 60;

/** What a machine proposes and nobody has decided about, in time: taken or turned down by key, one by one or all. */
export const SoundProposals = memo(function SoundProposals({ desk, rate, open, onLook }: Props) {
  const t = useText();
  const format = useFormat();
  const { here, lookAt, after, step, first: toFirst } = useProposalSteps(open, onLook);

  const accept = (proposals: readonly ProposedSegment[]) => {
    desk.settle();
    const made = acceptance(desk.doc, proposals, () => uuidv7() as ShapeId);
    if (!made) return;
    desk.do(made.change);
    desk.select(made.ids.slice(0, 1));
  };
  const reject = (proposals: readonly ProposedSegment[]) => {
    desk.settle();
    const change = rejection(
      desk.doc,
      proposals.map(({ id }) => id),
    );
    if (change) desk.do(change);
  };
  const when = () => open.length > 0 && !dialogIsOpen();
  /** Before one was looked at, the first is meant. */
  const meant = here ?? open[0];
  useActions({
    'work.proposal-next': { run: () => step(1), when },
    'work.proposal-previous': { run: () => step(-1), when },
    // Also out of the question before sealing.
    'work.proposal-first': { run: toFirst, when: () => open.length > 0 },
    'work.proposal-accept': {
      run: () => {
        if (!meant) return;
        const next = after(meant);
        accept([meant]);
        lookAt(next);
      },
      when,
    },
    'work.proposal-correct': { run: () => meant && accept([meant]), when },
    'work.proposal-reject': {
      run: () => {
        if (!meant) return;
        const next = after(meant);
        reject([meant]);
        lookAt(next);
      },
      when,
    },
    'sound.accept-all': { run: () => accept(open), when },
    'sound.reject-all': { run: () => reject(open), when },
  });

  if (open.length === 0) return null;
  const first = Math.max(0, here ? open.indexOf(here) - 2 : 0);
  const name = ({ geometry }: ProposedSegment) => placeText(geometry.start, rate);
  return (
    <section className={classes.proposals} aria-label={t('work.sound.proposals.title')}>
      <h2 className={shared.head}>
        {t('work.sound.proposals.title')}
        <span className={shared.count}>{format.number(open.length, 0)}</span>
        <span className={shared.keys}>
          <KeyHint of="work.proposal-next" keys="M" />
          <KeyHint of="work.proposal-accept" keys="Y" />
          <KeyHint of="work.proposal-reject" keys="K" />
        </span>
      </h2>
      <div className={classes.all}>
        <UnstyledButton className={shared.all} onClick={() => accept(open)}>
          {t('work.sound.proposals.acceptAll', { count: open.length })}
          <KeyHint of="sound.accept-all" keys="Alt+Shift+Y" />
        </UnstyledButton>
        <UnstyledButton className={shared.all} onClick={() => reject(open)}>
          {t('work.sound.proposals.rejectAll')}
          <KeyHint of="sound.reject-all" keys="Alt+Shift+K" />
        </UnstyledButton>
      </div>
      <ul className={shared.list}>
        {open.slice(first, first + shownMost).map((proposal) => (
          <li key={proposal.id} className={shared.row} data-here={proposal === here}>
            <UnstyledButton className={shared.name} onClick={() => lookAt(proposal)}>
              <span className={classes.place}>{name(proposal)}</span>
              <span className={shared.words}>{proposal.text ?? ''}</span>
              <span className={shared.score}>{lengthText(proposal.geometry.end - proposal.geometry.start, rate)}</span>
            </UnstyledButton>
            <ActionIcon
              size={22}
              aria-label={t('work.proposals.accept', { name: name(proposal) })}
              onClick={() => accept([proposal])}
            >
              <IconCheck size={14} stroke={1.8} aria-hidden />
            </ActionIcon>
            <ActionIcon
              size={22}
              aria-label={t('work.proposals.reject', { name: name(proposal) })}
              onClick={() => reject([proposal])}
            >
              <IconX size={14} stroke={1.8} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {open.length - first > shownMost && (
        <p className={shared.more}>{t('work.breaches.more', { count: open.length - first - shownMost })}</p>
      )}
    </section>
  );
});
