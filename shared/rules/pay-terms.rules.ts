import type { EntryBody } from '../domain/entry-kinds.ts';
import type { ProjectId } from '../domain/ids.ts';
import type { PayTerms } from '../domain/project.ts';

/** The body of the entry that sets pay terms. */
export function payTermsBody(project: ProjectId, terms: PayTerms): EntryBody<'terms.set'> {
  return {
    project,
    effective_from: terms.effectiveFrom,
    task_kind: terms.taskKind,
    rate: terms.rate,
    bonuses: terms.bonuses,
    return_penalty: terms.returnPenalty,
    promised_payment: terms.promisedPayment,
    note: terms.note,
  };
}
