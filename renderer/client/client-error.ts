import type { ErrorCode, ErrorReply } from '#shared/contract/errors.ts';

/** Every code the contract has, and the one case no host can report: that none answered. */
export type ClientErrorCode = ErrorCode | 'client/unreachable';

/**
 * A refused call. `code` selects the sentence (`errors.<code>` in the locales), `details` fill its placeholders. Show it
 * with `<ErrorNotice error={...} />` from ui/ or turn it into words with `useErrorText()` from i18n/.
 */
export class ClientError extends Error {
  readonly code: ClientErrorCode;
  readonly details: ErrorReply['details'];
  /** The operation that was called. */
  readonly operation: string;

  constructor(code: ClientErrorCode, details: ErrorReply['details'], operation: string) {
    super(`${operation}: ${code}`);
    this.name = 'ClientError';
    this.code = code;
    this.details = details;
    this.operation = operation;
  }
}

/** Makes a ClientError of whatever was thrown; what is not one already counts as an unexpected fault of the program. */
export function toClientError(thrown: unknown, operation: string): ClientError {
  return thrown instanceof ClientError ? thrown : new ClientError('host/internal', {}, operation);
}
