import type { ColumnUse, RowKind, SheetField, SheetMapping } from '../domain/sheet-mapping.ts';
import { isDateField, isNumberField } from './sheets-guess.rules.ts';

/** The fields each kind can't do without; one of those in a list is enough. */
const required: Readonly<Record<RowKind, readonly (readonly SheetField[])[]>> = {
  time: [['start'], ['end', 'duration']],
  work: [['done', 'day', 'end']],
  'pay-received': [['paidOn', 'day'], ['amount']],
  'pay-announced': [['from', 'day', 'done'], ['amount']],
  accuracy: [['day'], ['percent', 'correct']],
  return: [['name'], ['returnedAt', 'day', 'done']],
  recall: [['returnedAt', 'day', 'done']],
};

/** What a mapping still lacks before it can be used on these columns. `format`: how that column is written is not decided. */
export interface MappingGap {
  field: SheetField | null;
  column: string | null;
  why:
    | 'column-gone'
    | 'field-needed'
    | 'format'
    | 'project-needed'
    | 'currency-needed'
    | 'stage-needed'
    | 'release-needed'
    | 'time-needed'
    | 'name-needed'
    | 'scale';
}

/** Everything that keeps a mapping from being used; empty when it can be. */
export function mappingGaps(mapping: SheetMapping, columns: readonly string[]): MappingGap[] {
  const gaps: MappingGap[] = [];
  const has = (field: SheetField) => mapping.fields[field] !== undefined;
  const gap = (why: MappingGap['why'], field: SheetField | null = null, column: string | null = null) =>
    gaps.push({ field, column, why });
  if (mapping.me && !columns.includes(mapping.me.column)) gap('column-gone', null, mapping.me.column);
  for (const [name, use] of Object.entries(mapping.fields)) {
    const field = name as SheetField;
    if (!columns.includes(use.column)) gap('column-gone', field, use.column);
    else if (formatMissing(field, use)) gap(field === 'percent' && use.number ? 'scale' : 'format', field, use.column);
  }
  const becomes = new Set(mapping.becomes);
  for (const kind of becomes) {
    for (const oneOf of required[kind]) if (!oneOf.some(has)) gap('field-needed', oneOf[0]!);
  }
  if (becomes.has('accuracy') && has('correct') && !has('percent') && !has('total')) gap('field-needed', 'total');
  if (mapping.projects && !columns.includes(mapping.projects.column)) gap('column-gone', null, mapping.projects.column);
  const isOfProject = becomes.has('accuracy') || becomes.has('recall');
  if (isOfProject && mapping.project === null && !mapping.projects) gap('project-needed');
  if ((becomes.has('pay-received') || becomes.has('pay-announced')) && mapping.currency === null)
    gap('currency-needed');
  if (becomes.has('return') && mapping.stage === null) gap('stage-needed');
  if (becomes.has('accuracy') && !has('released') && mapping.releasedOn === null) gap('release-needed');
  if (becomes.has('time') && !timeIsWhole(mapping.time)) gap('time-needed');
  if (becomes.has('work') && !has('name') && mapping.workName === null) gap('name-needed', 'name');
  return gaps;
}

function timeIsWhole(time: SheetMapping['time']): boolean {
  if (time === null) return false;
  if (time.lane === 'presence') return time.what === 'present';
  const waiting = ['tasks', 'feedback', 'rules', 'screen-hours', 'payment'].includes(time.what);
  return time.what !== 'present' && waiting === (time.lane === 'waiting');
}

function formatMissing(field: SheetField, use: ColumnUse): boolean {
  if (isDateField(field)) return use.date === undefined;
  if (field === 'duration') return use.unit === undefined || (!use.unit.includes(':') && use.number === undefined);
  if (field === 'percent') return use.number === undefined || use.scale === undefined;
  return isNumberField(field) && use.number === undefined;
}
