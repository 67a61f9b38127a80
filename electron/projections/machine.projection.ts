import type { EffectiveEntry, Projection } from '#electron/core/ledger/ledger-types.ts';
import { clearMachineSubmission, insertMachineSubmission } from '#electron/repositories/machine.repository.ts';

/** What became of a machine's proposals, of each submission that tells. */
export const machineProjection: Projection = {
  kinds: ['submission.sealed'],
  tables: ['machine_submission'],
  clear: clearMachineSubmission,
  project(db, entity, entries) {
    const entry = entries.at(-1) as EffectiveEntry<'submission.sealed'> | undefined;
    const machine = entry?.body.machine;
    if (entry === undefined || machine === undefined || machine === null) return;
    const ious = machine.corrections.map(({ iou }) => iou).filter((iou) => iou !== null);
    const moved = machine.corrections.map(({ largest_px: px }) => px).filter((px) => px !== null);
    const rate = entry.body.media_sound?.rate;
    const frames = machine.corrections
      .map(({ largest_frames: largest }) => largest)
      .filter((largest) => largest !== null);
    const shifted = rate === undefined ? [] : frames.map((largest) => largest / rate);
    const sum = (values: readonly number[], unit: number) =>
      values.reduce((total, value) => total + Math.round(value * unit), 0);
    insertMachineSubmission(db, {
      submission_id: entity,
      entry_id: entry.id,
      seq: entry.seq,
      task_id: entry.body.task ?? entry.subjects[1] ?? '',
      project_id: entry.body.project ?? entry.subjects[2] ?? '',
      proposed: machine.proposed,
      accepted: machine.accepted,
      corrected: machine.corrected,
      rejected: machine.rejected,
      undecided: machine.undecided,
      by_hand: machine.by_hand,
      labels_changed: machine.corrections.filter(({ label_changed: changed }) => changed).length,
      iou_millionths: sum(ious, 1_000_000),
      iou_known: ious.length,
      moved_milli_px: sum(moved, 1000),
      moved_known: moved.length,
      shifted_us: sum(shifted, 1_000_000),
      shifted_known: shifted.length,
      transcript_characters: machine.transcripts?.characters ?? 0,
      transcript_edits: machine.transcripts?.edits ?? 0,
    });
  },
};
