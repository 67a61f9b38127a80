import type { z } from 'zod';
import { accuracyContract } from './accuracy.contract.ts';
import { backupsContract } from './backups.contract.ts';
import { comparisonsContract } from './comparisons.contract.ts';
import type { ErrorCode, ErrorReply, HostErrorCode } from './errors.ts';
import { exchangeContract } from './exchange.contract.ts';
import { figuresContract } from './figures.contract.ts';
import { hostContract } from './host.contract.ts';
import { jobsContract, ledgerContract } from './ledger.contract.ts';
import { ledgerExportsContract } from './ledger-exports.contract.ts';
import { ledgerImportsContract } from './ledger-imports.contract.ts';
import { notebookContract } from './notebook.contract.ts';
import { notesContract } from './notes.contract.ts';
import { operationsContract } from './operations.contract.ts';
import { claimsContract, exchangeRatesContract, payContract } from './pay.contract.ts';
import { projectsContract } from './projects.contract.ts';
import { proposalsContract } from './proposals.contract.ts';
import { recallsContract } from './recalls.contract.ts';
import { judgementsContract, returnsContract } from './returns.contract.ts';
import { settingsContract } from './settings.contract.ts';
import { sheetsContract } from './sheets.contract.ts';
import { soundsContract } from './sounds.contract.ts';
import { standingContract } from './standing.contract.ts';
import { tablesContract } from './tables.contract.ts';
import { statementsContract } from './statements.contract.ts';
import { tasksContract } from './tasks.contract.ts';
import { textsContract } from './texts.contract.ts';
import { textsExchangeContract } from './texts-exchange.contract.ts';
import { timeContract } from './time.contract.ts';
import type { Topic } from './topics.ts';
import { thumbnailsContract } from './thumbnails.contract.ts';
import { trainingContract } from './training.contract.ts';

/** The sum of all operations. Hosts carry it without knowing an operation by name. */
export const contract = {
  ...operationsContract,
  ...hostContract,
  ...settingsContract,
  ...ledgerContract,
  ...jobsContract,
  ...backupsContract,
  ...projectsContract,
  ...tasksContract,
  ...exchangeContract,
  ...proposalsContract,
  ...textsContract,
  ...textsExchangeContract,
  ...comparisonsContract,
  ...returnsContract,
  ...judgementsContract,
  ...recallsContract,
  ...standingContract,
  ...accuracyContract,
  ...notebookContract,
  ...notesContract,
  ...timeContract,
  ...figuresContract,
  ...ledgerExportsContract,
  ...ledgerImportsContract,
  ...payContract,
  ...claimsContract,
  ...exchangeRatesContract,
  ...thumbnailsContract,
  ...soundsContract,
  ...trainingContract,
  ...sheetsContract,
  ...statementsContract,
  ...tablesContract,
};

export type Contract = typeof contract;
export type OperationName = keyof Contract;
/** What a caller gives. */
export type Input<N extends OperationName> = z.input<Contract[N]['input']>;
/** What a handler receives, parsed. */
export type ParsedInput<N extends OperationName> = z.output<Contract[N]['input']>;
export type Output<N extends OperationName> = z.output<Contract[N]['output']>;
/** Codes an operation can refuse with: its own and those any call can get. */
export type ErrorsOf<N extends OperationName> = Contract[N]['errors'][number] | HostErrorCode;

export type Reply<N extends OperationName> =
  { ok: true; value: Output<N> } | { ok: false; error: ErrorReply & { code: ErrorsOf<N> } };

/** What travels up after a commit. */
export interface ChangeNotice {
  topics: Topic[];
}

/** Whether a string names an operation; prototype names such as `constructor` do not. */
export function isOperationName(name: string): name is OperationName {
  return Object.hasOwn(contract, name);
}

export type { ErrorCode, ErrorReply, Topic };
