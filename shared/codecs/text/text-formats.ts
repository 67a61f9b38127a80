/** Names of the formats in which tasks of text are exchanged, as the contract and the command line have them. */
export const textFormats = [
  'jsonl',
  'prompt-response',
  'messages',
  'trl-preference',
  'trl-unpaired',
  'doccano',
  'label-studio-text',
  'csv',
  'tsv',
] as const;
export type TextFormat = (typeof textFormats)[number];
