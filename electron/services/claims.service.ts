import { AppError } from '#shared/contract/errors.ts';
import type { ClaimId } from '#shared/domain/ids.ts';
import { calendarDay } from '#shared/rules/working-day.rules.ts';
import type { Ledger } from '#electron/core/ledger/ledger-types.ts';
import type { Clock, Handlers, Ids } from '#electron/core/ports.ts';
import type { Database } from '#electron/db/database.ts';
import { findAttachment } from '#electron/repositories/attachments.repository.ts';
import { claimFromRow, countClaims, findClaim, listClaims } from '#electron/repositories/claims.repository.ts';
import { projectExists } from '#electron/repositories/projects.repository.ts';

export interface ClaimsDeps {
  db: Database;
  ledger: Ledger;
  clock: Clock;
  ids: Ids;
}

/** Claims: money held to be owed, until it is known how that ended. */
export function createClaimsService(deps: ClaimsDeps): Handlers<'claims.list' | 'claims.open' | 'claims.close'> {
  const { db, clock } = deps;
  return {
    'claims.list': ({ open, offset, limit }) => {
      const today = calendarDay(clock.now(), clock.zone());
      const onlyOpen = open ?? false;
      return {
        total: countClaims(db.read, onlyOpen),
        claims: listClaims(db.read, onlyOpen, offset ?? 0, limit ?? 100).map((row) => claimFromRow(row, today)),
      };
    },

    'claims.open': (input) =>
      db.transaction((tx) => {
        if (input.projectId !== null && !projectExists(tx, input.projectId)) throw new AppError('projects/not-found');
        for (const { blob } of input.attachments) {
          if (findAttachment(tx, blob) === undefined) throw new AppError('attachments/not-found');
        }
        const claimId = deps.ids.uuid() as ClaimId;
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'claim.opened',
            body: {
              project: input.projectId,
              amount: input.amount,
              what_for: input.whatFor,
              made_to: input.madeTo,
              attachments: input.attachments,
            },
            occurredStart: input.openedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: input.projectId === null ? [claimId] : [claimId, input.projectId],
          },
        ]);
        return { claimId, entryId: entry!.id };
      }),

    'claims.close': ({ claimId, outcome, amount, note, closedAt }) =>
      db.transaction((tx) => {
        const claim = findClaim(tx, claimId);
        if (claim === undefined) throw new AppError('claims/not-found');
        if (claim.closed_entry_id !== null) throw new AppError('claims/already-closed');
        const [entry] = deps.ledger.append(tx, [
          {
            kind: 'claim.closed',
            body: { outcome, amount, note },
            occurredStart: closedAt,
            occurredEnd: null,
            source: 'stated',
            subjects: claim.project_id === null ? [claimId] : [claimId, claim.project_id],
          },
        ]);
        return { entryId: entry!.id };
      }),
  };
}
