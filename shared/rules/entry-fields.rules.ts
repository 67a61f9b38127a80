interface Field {
  name: string;
  /** null where there is nothing. */
  value: unknown;
  erased: boolean;
}

/** What is said only of photos, of recordings, of texts. */
const own = {
  photo: ['media_size', 'media_likeness'],
  recording: ['media_sound'],
  text: ['text', 'history'],
} as const;
const ofPart: ReadonlySet<string> = new Set(Object.values(own).flat());

/**
 * The fields of a body that have to do with what it is about: of a sealed submission those of its own modality. A field that says something, or
 * said something before it was erased, is always among them.
 */
export function fieldsInPlace<F extends Field>(kind: string, fields: readonly F[]): F[] {
  if (kind !== 'submission.sealed') return [...fields];
  const says = ({ value, erased }: F) => erased || (value !== null && value !== undefined);
  const said = new Set(fields.filter(says).map(({ name }) => name));
  const modality = said.has('text') ? 'text' : said.has('media_sound') ? 'recording' : 'photo';
  const kept: ReadonlySet<string> = new Set(own[modality]);
  return fields.filter((field) => {
    if (!says(field)) return kept.has(field.name) || !ofPart.has(field.name);
    // Of a text without marked passages there is nothing to count.
    return modality !== 'text' || field.name !== 'object_counts' || !isEmpty(field.value);
  });
}

const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
