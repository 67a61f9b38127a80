import { accuracyProjection } from '#electron/projections/accuracy.projection.ts';
import { guidelinesProjection } from '#electron/projections/guidelines.projection.ts';
import { judgementsProjection } from '#electron/projections/judgements.projection.ts';
import { machineProjection } from '#electron/projections/machine.projection.ts';
import { notebookProjection } from '#electron/projections/notebook.projection.ts';
import { notesProjection } from '#electron/projections/notes.projection.ts';
import { projectsProjection } from '#electron/projections/projects.projection.ts';
import { recallsProjection } from '#electron/projections/recalls.projection.ts';
import { returnsProjection } from '#electron/projections/returns.projection.ts';
import { rulingsProjection } from '#electron/projections/rulings.projection.ts';
import { segmentsProjection } from '#electron/projections/segments.projection.ts';
import { standingProjection } from '#electron/projections/standing.projection.ts';
import { submittedLabelsProjection } from '#electron/projections/submitted-labels.projection.ts';
import { clockChangesProjection, timeSpansProjection } from '#electron/projections/time.projection.ts';
import { claimsProjection } from '#electron/projections/claims.projection.ts';
import { exchangeRatesProjection } from '#electron/projections/exchange-rates.projection.ts';
import { bonusesProjection } from '#electron/projections/bonuses.projection.ts';
import { payProjection } from '#electron/projections/pay.projection.ts';
import { trainingProjection } from '#electron/projections/training.projection.ts';
import { elsewhereProjection } from '#electron/projections/elsewhere.projection.ts';
import { sheetsProjection } from '#electron/projections/sheets.projection.ts';
import { submissionsProjection } from '#electron/projections/submissions.projection.ts';
import type { Projection } from './ledger/ledger-types.ts';

/** Every feature's projection. The order does not matter: each has tables of its own. */
export const featureProjections: readonly Projection[] = [
  submissionsProjection,
  elsewhereProjection,
  projectsProjection,
  segmentsProjection,
  guidelinesProjection,
  rulingsProjection,
  returnsProjection,
  judgementsProjection,
  machineProjection,
  recallsProjection,
  standingProjection,
  accuracyProjection,
  notebookProjection,
  notesProjection,
  submittedLabelsProjection,
  timeSpansProjection,
  clockChangesProjection,
  payProjection,
  bonusesProjection,
  claimsProjection,
  exchangeRatesProjection,
  trainingProjection,
  sheetsProjection,
];
