import {
  CodecError,
  createLossCounter,
  type FailReason,
  type FilePiece,
  type AnnotationCodec,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { readTask } from './label-studio-read.codec.ts';
import { tasksOf } from './label-studio-tasks.codec.ts';
import { taskOf } from './label-studio-write.codec.ts';
import { createReading, foreignFields } from './row-reading.codec.ts';

/**
 * Label Studio's JSON: a list of tasks with annotations by people and predictions of machines. Places are hundredths of the photo's width
 * and height; rectangles turn about their top left corner, in pixels, clockwise.
 *
 * Of several annotations of a task the last that was not cancelled is taken, the others are counted. A region with several classes becomes
 * a shape for each, joined again on the way back. Choices without a place are tags. Addresses of photos are brought to their path.
 */
export const labelStudioCodec: AnnotationCodec = {
  format: 'label-studio',
  modality: 'image',
  layout: 'file',
  ending: 'json',
  holds: {
    shapes: ['box', 'rotated-box', 'polygon', 'polyline', 'point', 'ellipse', 'mask', 'tag'],
    attributes: true,
    proposals: true,
    emptyItems: true,
    sizes: true,
  },
  choices: [],
  likeness,
  parse,
  write,
};

const breatheEvery = 50;

function likeness(path: string, head: string): number {
  if (!path.toLowerCase().endsWith('.json')) return 0;
  if (/"(?:rectangle|polygon|ellipse|keypoint|brush)(?:labels)?"/.test(head) && /"(?:result|from_name)"/.test(head))
    return 0.95;
  const hasData = /"data"\s*:\s*\{/.test(head);
  if (hasData && /"(?:annotations|predictions|completions)"\s*:\s*\[/.test(head)) return 0.8;
  return hasData && /^\s*\[/.test(head) ? 0.4 : 0;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const items: ParsedItem[] = [];
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let before = 0;
  let first: CodecError | null = null;
  for (const file of files) {
    if (!file.path.toLowerCase().endsWith('.json')) continue;
    const place = files.length > 1 ? file.path : '';
    const taken = items.length;
    try {
      let seen = 0;
      for await (const { value, index } of tasksOf(file)) {
        const item = await readTask(reading, value, index === null ? place || 'task' : `${place}[${index}]`);
        if (item !== null) items.push(item);
        seen += 1;
        if (seen % breatheEvery === 0) await context.breathe(before, total);
      }
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      first ??= error;
      // How much stood before the broken place depends on how the file came in, so none of it is taken.
      items.length = taken;
      reading.fail([file.path, error.place].filter((part) => part !== '').join(', '), reasonOf(error));
    }
    before += file.size;
  }
  if (first !== null && files.length === 1) throw first;
  return reading.result(items, {});
}

const reasonOf = ({ problem }: CodecError): FailReason =>
  problem === 'not-an-object' ? 'not-this-format' : (problem as FailReason);

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  const foreign = foreignFields(source.extra, 'label-studio');
  if (foreign > 0) loss.add('field', foreign);
  const specs = new Map(source.labels.map(({ key, attributes }) => [key, attributes ?? []]));
  const writing = { loss, specsOf: (label: string | null) => (label === null ? [] : (specs.get(label) ?? [])) };
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const written = taskOf(item, writing);
    yield { path: '', text: `${items === 0 ? '[\n' : ',\n'}${JSON.stringify(written.task)}` };
    items += 1;
    objects += written.objects;
  }
  yield { path: '', text: items === 0 ? '[]\n' : '\n]\n' };
  return { items, objects, loss: loss.list() };
}
