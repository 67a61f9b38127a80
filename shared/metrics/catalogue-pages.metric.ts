import { type CatalogueEntry, timeSource as time, workSource as work } from './catalogue-entry.metric.ts';

const returns = ['return.received'];
const pay = (figure: string, source: readonly string[], paths: readonly string[] = [figure]) =>
  ({
    unit: 'money',
    computed: 'pay-period',
    source,
    served: { 'pay.overview': paths },
    words: { name: `pay.figures.${figure}`, formula: `pay.formulas.${figure}` },
  }) as const satisfies CatalogueEntry;
const training = (
  figure: string,
  unit: 'time' | 'money',
  paths: readonly string[],
  formula = figure,
  also: CatalogueEntry['served'] = {},
) =>
  ({
    unit,
    computed: 'training',
    source: ['training.held'],
    served: { 'training.summary': paths, ...also },
    words: { name: `training.figures.${figure}`, formula: `training.formulas.${formula}` },
  }) as const satisfies CatalogueEntry;
const promisedFrom = [...work, ...time, 'terms.set'];

/** Figures of the pages about returns, accuracy, the machine, pay, training and projects. */
export const pageFigures = {
  // --- returns
  returns: {
    unit: 'count',
    computed: 'returned',
    source: returns,
    served: {
      'returns.summary': ['total'],
      'returns.classes': ['total', 'naming'],
      'returns.account': ['rounds.returns'],
    },
    words: { name: 'returns.figures.total', formula: 'returns.figures.totalFormula' },
  },
  'returns-by-stage': {
    unit: 'count',
    computed: 'returned',
    source: returns,
    served: { 'statements.get': ['byStage.returns'], 'returns.summary': ['byStage.returns'] },
  },
  'returns-by-rule': {
    unit: 'count',
    computed: 'returned',
    source: returns,
    served: { 'returns.summary': ['byRule.returns'] },
  },
  'returns-by-class': {
    unit: 'count',
    computed: 'returns',
    source: [...returns, 'submission.sealed'],
    served: { 'returns.classes': ['classes.returns', 'classes.objects'] },
  },
  'first-pass': {
    unit: 'share',
    computed: 'returned',
    source: [...work, ...returns],
    served: {
      'statements.get': ['measurement.pieces', 'neverReturned'],
      'returns.summary': ['pieces', 'neverReturned'],
    },
    words: { name: 'returns.figures.never', formula: 'returns.figures.neverFormula' },
  },
  'rounds-per-work': {
    unit: 'count',
    computed: 'returned',
    source: [...work, ...returns],
    served: { 'returns.summary': ['byTimes.times', 'byTimes.works'] },
  },
  'younger-rule': {
    unit: 'share',
    computed: 'returned',
    source: [...returns, 'guideline.received'],
    served: {
      'statements.get': ['younger.younger', 'younger.told'],
      'returns.summary': ['younger.younger', 'younger.told'],
    },
    words: { name: 'returns.figures.younger', formula: 'returns.figures.youngerFormula' },
  },
  'return-deductions': {
    unit: 'money',
    computed: 'returned',
    source: returns,
    served: { 'returns.summary': ['deductions'] },
    words: { name: 'returns.figures.deductions', formula: 'returns.figures.deductionsFormula' },
  },
  'round-cost': {
    unit: 'time',
    computed: 'returns',
    source: [...time, 'submission.sealed'],
    served: {
      'returns.rounds': ['works', 'totalMs', 'rounds.works', 'rounds.ms', 'rounds.perWorkMs', 'withoutTaskMs'],
    },
  },
  'round-time': {
    unit: 'time',
    computed: 'returns',
    source: [...time, 'submission.sealed'],
    served: { 'returns.account': ['rounds.timeMs', 'workMs', 'revisingMs', 'change.unchanged'] },
    words: { name: 'returns.account.rounds', formula: 'returns.account.roundFormula' },
  },
  // --- recalls
  'recall-loss': {
    unit: 'money',
    computed: 'recalls',
    source: ['recall.received', ...work, 'terms.set'],
    served: {
      'recalls.account': ['lost.amounts', 'lost.piecesWithoutRate', 'byLevel.recalls', 'byLevel.pieces'],
      'recalls.list': ['loss.amounts', 'loss.piecesWithoutRate'],
      'recalls.get': ['loss.amounts', 'loss.piecesWithoutRate'],
      'recalls.estimate': ['pieces', 'loss.amounts', 'loss.piecesWithoutRate'],
    },
    words: { name: 'returns.recalls.lost', formula: 'returns.recalls.lostFormula' },
  },
  'recall-promised': {
    unit: 'money',
    computed: 'recalls',
    source: promisedFrom,
    served: { 'recalls.account': ['promised.amounts', 'promised.piecesWithoutRate'] },
    words: { name: 'returns.recalls.promised', formula: 'returns.recalls.promisedFormula' },
  },
  'recall-left': {
    unit: 'money',
    computed: 'recalls',
    source: [...promisedFrom, 'recall.received'],
    served: { 'recalls.account': ['left'] },
    words: { name: 'returns.recalls.left', formula: 'returns.recalls.leftFormula' },
  },
  'recall-share': {
    unit: 'share',
    computed: 'recalls',
    source: ['recall.received', ...work],
    served: { 'statements.get': ['recalls.recalls', 'recalls.pieces'], 'recalls.account': ['pieces', 'recalled'] },
    words: { name: 'returns.recalls.share', formula: 'returns.recalls.shareFormula' },
  },
  // --- accuracy
  'accuracy-client': {
    unit: 'percent',
    computed: 'accuracy',
    source: ['accuracy.reported', 'bar.set'],
    served: { 'accuracy.days': ['reports.correct', 'reports.total'] },
    words: { name: 'accuracy.columns.client', formula: 'accuracy.clientFormula' },
  },
  'accuracy-mine': {
    unit: 'percent',
    computed: 'accuracy',
    source: [...work, ...returns, 'recall.received'],
    served: { 'accuracy.days': ['mine.correct', 'mine.total'] },
    words: { name: 'accuracy.columns.mine', formula: 'accuracy.mineFormula' },
  },
  'accuracy-difference': {
    unit: 'points',
    computed: 'accuracy',
    source: ['accuracy.reported', ...work, ...returns, 'recall.received'],
    served: {},
    words: { name: 'accuracy.columns.difference', formula: 'accuracy.differenceFormula' },
  },
  // --- the machine
  'machine-before': {
    unit: 'share',
    computed: 'machine',
    source: ['judgement.sealed'],
    served: { 'machine.summary': ['agreement.before.of', 'agreement.before.all'] },
  },
  'machine-after': {
    unit: 'share',
    computed: 'machine',
    source: ['judgement.sealed'],
    served: { 'machine.summary': ['agreement.after.of', 'agreement.after.all'] },
  },
  'machine-came-round': {
    unit: 'share',
    computed: 'machine',
    source: ['judgement.sealed'],
    served: { 'machine.summary': ['agreement.cameRound.of', 'agreement.cameRound.all'] },
  },
  'machine-final': {
    unit: 'share',
    computed: 'machine',
    source: ['judgement.sealed', 'submission.sealed'],
    served: { 'machine.summary': ['agreement.final.of', 'agreement.final.all'] },
  },
  'machine-right': {
    unit: 'share',
    computed: 'machine',
    source: ['submission.sealed'],
    served: {
      'machine.summary': ['right.of', 'right.all', 'tasks', 'proposed', 'accepted', 'rejected', 'undecided', 'byHand'],
    },
  },
  'machine-corrected': {
    unit: 'count',
    computed: 'machine',
    source: ['submission.sealed'],
    served: { 'machine.summary': ['corrected', 'labelsChanged'] },
  },
  'machine-overlap': {
    unit: 'percent',
    computed: 'machine',
    source: ['submission.sealed'],
    served: { 'machine.summary': ['meanIouMillionths'] },
  },
  'machine-moved': {
    unit: 'pixels',
    computed: 'machine',
    source: ['submission.sealed'],
    served: { 'machine.summary': ['meanMovedMilliPx'] },
  },
  'machine-shifted': {
    unit: 'time',
    computed: 'machine',
    source: ['submission.sealed'],
    served: { 'machine.summary': ['meanShiftedMicros'] },
  },
  'machine-transcripts': {
    unit: 'share',
    computed: 'machine',
    source: ['submission.sealed'],
    served: { 'machine.summary': ['transcripts.of', 'transcripts.all'] },
  },
  // --- pay
  'pay-promised': pay('promised', promisedFrom, ['promised', 'pieces', 'piecesWithoutTerms', 'kinds.paidMs']),
  'pay-lost-to-recalls': pay(
    'lostToRecalls',
    ['recall.received', ...promisedFrom],
    ['lostToRecalls', 'recalledPieces'],
  ),
  'pay-lost-to-returns': pay('lostToReturns', [...returns, ...promisedFrom]),
  'pay-bonuses': pay('bonusesMet', ['bonus.met', 'terms.set']),
  'pay-expected': pay('expected', [...promisedFrom, 'recall.received', ...returns, 'bonus.met']),
  'pay-announced': pay('announced', ['pay.announced']),
  'pay-received': pay('received', ['pay.received']),
  'pay-deducted': pay('deducted', ['pay.deducted', ...returns]),
  'pay-difference': pay('difference', ['pay.received', ...promisedFrom, 'recall.received', ...returns]),
  'pay-unexplained': pay('unexplained', ['pay.received', 'pay.deducted', ...returns, ...promisedFrom]),
  'pay-late': {
    unit: 'count',
    computed: 'pay-rules',
    source: ['terms.set', 'pay.received', ...promisedFrom],
    served: { 'pay.overview': ['late.days'] },
  },
  // --- training
  'training-hours': training('hours', 'time', ['time.ms', 'count', 'projects.count', 'projects.timeMs'], 'hours', {
    'statements.get': ['trainingMs'],
  }),
  'training-unpaid': training('unpaid', 'time', ['unpaid.ms', 'projects.unpaidMs'], 'unpaid', {
    'statements.get': ['trainingUnpaidMs'],
  }),
  'training-worth': training('worth', 'money', ['worth.amount', 'worth.ratePerHour'], 'worthFigures'),
  'training-fees': training('fees', 'money', ['fees.amounts', 'projects.costs'], 'fees', {
    'statements.get': ['trainingCosts'],
  }),
  'training-travel': training('travel', 'money', ['travel.amounts']),
  'training-travel-time': training('travelTime', 'time', ['travelTime.ms']),
  // --- projects
  'accuracy-reports': {
    unit: 'count',
    computed: 'accuracy',
    source: ['accuracy.reported', 'bar.set'],
    served: { 'statements.get': ['reports.reports', 'reports.below'] },
  },
  'return-checks': {
    unit: 'count',
    computed: 'returned',
    source: returns,
    served: {
      'statements.get': [
        'checks.sample',
        'checks.full',
        'checks.unknown',
        'itemised.yes',
        'itemised.no',
        'itemised.unknown',
      ],
    },
  },
  standing: {
    unit: 'count',
    computed: 'standing',
    source: ['standing.changed'],
    served: { 'statements.get': ['standing.count'] },
  },
  rulings: {
    unit: 'count',
    computed: 'rulings',
    source: ['ruling.given'],
    served: { 'statements.get': ['rulings'] },
  },
  contradictions: {
    unit: 'count',
    computed: 'notes',
    source: ['ruling.given', 'note.written'],
    served: { 'statements.get': ['contradictions'] },
  },
  'guideline-versions': { unit: 'count', computed: 'guidelines', source: ['guideline.received'], served: {} },
  'guideline-submissions': {
    unit: 'count',
    computed: 'guidelines',
    source: ['submission.sealed'],
    served: { 'statements.get': ['submissions'], 'guidelines.counts': ['submissions'] },
    words: { name: 'projects.guidelines.counts.submissions', formula: 'projects.guidelines.formulas.submissions' },
  },
  'guideline-returns': {
    unit: 'count',
    computed: 'guidelines',
    source: [...returns, 'submission.sealed'],
    served: { 'statements.get': ['guidelines.returns'], 'guidelines.counts': ['returns'] },
    words: { name: 'projects.guidelines.counts.returns', formula: 'projects.guidelines.formulas.returns' },
  },
  'guideline-cited': {
    unit: 'count',
    computed: 'guidelines',
    source: returns,
    served: { 'statements.get': ['cited'], 'guidelines.counts': ['cited'] },
    words: { name: 'projects.guidelines.counts.cited', formula: 'projects.guidelines.formulas.cited' },
  },
} as const satisfies Record<string, CatalogueEntry>;
