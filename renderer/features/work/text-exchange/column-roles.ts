import { asksForText } from '#shared/codecs/text/row-mapping.codec.ts';
import type { TextMapping } from '#shared/domain/text-mapping.ts';

/** What a column of a file becomes: a part of the task, or `keep`, which is written back on export as it came. */
export type ColumnRole = 'name' | 'prompt' | 'candidate' | 'answer' | 'machine' | 'images' | 'keep' | `model.${number}`;

/** What a mapping makes of a column. */
export function roleOf(mapping: TextMapping, path: string): ColumnRole {
  if (mapping.prompt.includes(path)) return 'prompt';
  if (mapping.candidates.includes(path)) return 'candidate';
  if (mapping.answer === path) return 'answer';
  if (mapping.name === path) return 'name';
  if (mapping.machine === path) return 'machine';
  if (mapping.images === path) return 'images';
  const model = mapping.models.indexOf(path);
  return model >= 0 ? `model.${model}` : 'keep';
}

/**
 * The mapping with a column in another role. Parts of the prompt and answers stand in the order they were named; a role of which there is
 * one is taken from the column that had it.
 */
export function withRole(mapping: TextMapping, path: string, role: ColumnRole): TextMapping {
  const free = withoutColumn(mapping, path);
  if (role === 'prompt') return { ...free, prompt: [...free.prompt, path] };
  if (role === 'candidate') {
    return { ...free, candidates: [...free.candidates, path], models: [...free.models, null] };
  }
  if (role === 'name' || role === 'answer' || role === 'machine' || role === 'images') return { ...free, [role]: path };
  if (role === 'keep') return free;
  const place = Number(role.slice('model.'.length));
  return { ...free, models: free.models.map((known, at) => (at === place ? path : known)) };
}

function withoutColumn(mapping: TextMapping, path: string): TextMapping {
  const kept = mapping.candidates.map((candidate, place) => [candidate, mapping.models[place] ?? null] as const);
  const others = kept.filter(([candidate]) => candidate !== path);
  const unless = (column: string | null) => (column === path ? null : column);
  return {
    ...mapping,
    name: unless(mapping.name),
    ...(mapping.answer !== undefined && { answer: unless(mapping.answer) }),
    machine: unless(mapping.machine),
    images: unless(mapping.images),
    prompt: mapping.prompt.filter((part) => part !== path),
    candidates: others.map(([candidate]) => candidate),
    models: others.map(([, model]) => unless(model)),
  };
}

/** Roles that a column can be given now: a model belongs to an answer that is there, and there are eight answers at most. */
export function rolesFor(mapping: TextMapping, role: ColumnRole): ColumnRole[] {
  const models = mapping.candidates.map((_, place): ColumnRole => `model.${place}`);
  const full = mapping.candidates.length >= 8 && role !== 'candidate';
  const answer = asksForText(mapping.kind) ? ['answer' as const] : [];
  return ['prompt', ...(full ? [] : ['candidate' as const]), ...answer, ...models, 'name', 'machine', 'images', 'keep'];
}

/** Whether every column that a mapping names is among those of a file: then it was made for files like it. */
export function fits(mapping: TextMapping, paths: readonly string[]): boolean {
  const named = [...mapping.prompt, ...mapping.candidates, ...mapping.models, mapping.name, mapping.machine];
  return [...named, mapping.answer ?? null, mapping.images].every((path) => path === null || paths.includes(path));
}
