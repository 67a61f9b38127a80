/** Why something could not be encoded, built or read as a proof. Codes are stable; the message is for developers only. */
export type ProofErrorCode =
  | 'not-json' // a value RFC 8785 has no form for: undefined, NaN, Infinity, a lone surrogate, a class instance, a cycle
  | 'field-name' // a field's name breaks the alphabet, or two fields share one
  | 'field-salt' // a salt that is not 32 bytes
  | 'field-mismatch' // a disclosed field is not the one that was committed to
  | 'header-malformed'
  | 'out-of-range' // an index or a size that the tree does not have
  | 'node-missing' // the node store has no hash of 32 bytes where the tree says one is
  | 'base64-malformed'
  | 'key-malformed'
  | 'note-malformed'
  | 'note-unsigned' // no signature by the given key
  | 'signature-invalid'
  | 'checkpoint-malformed';

/** The one error this folder throws on purpose. Checks that answer yes or no return a boolean instead. */
export class ProofError extends Error {
  readonly code: ProofErrorCode;

  constructor(code: ProofErrorCode, message: string) {
    super(message);
    this.name = 'ProofError';
    this.code = code;
  }
}
