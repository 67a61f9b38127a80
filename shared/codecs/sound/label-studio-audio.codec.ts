import {
  type AnnotationCodec,
  CodecError,
  createLossCounter,
  type FilePiece,
  type ParseContext,
  type ParsedItem,
  type SourceFile,
  type WriteSource,
  type WriteSummary,
} from '../codec.ts';
import { placeOf, reasonOf } from '../image/json-objects.codec.ts';
import { tasksOf } from '../image/label-studio-tasks.codec.ts';
import { createReading } from '../image/row-reading.codec.ts';
import { readSoundTask } from './label-studio-audio-read.codec.ts';
import { soundTaskOf } from './label-studio-audio-write.codec.ts';
import { createSoundFinder } from './recordings.codec.ts';
import { segmentsWith } from './segments-with.codec.ts';

/**
 * Label Studio's JSON of recordings: regions in seconds with their classes, and what was written and chosen for each; predictions are
 * proposals. The speaker is the choice called `tier`; other answers are attributes. Of several annotations of a task the last that was not
 * cancelled is taken, the others are counted.
 */
export const labelStudioAudioCodec: AnnotationCodec = {
  format: 'label-studio-audio',
  modality: 'audio',
  layout: 'file',
  ending: 'json',
  holds: segmentsWith(
    'attributes',
    'proposals',
    'emptyItems',
    'text',
    'label',
    'tier',
    'channel',
    'overlaps',
    'moments',
    'ambiguous',
    'exact',
  ),
  choices: [],
  likeness,
  parse,
  write,
};

const breatheEvery = 50;

function likeness(path: string, head: string): number {
  if (!/\.json$/i.test(path)) return 0;
  const isTask = /"data"\s*:\s*\{/.test(head);
  if (!isTask) return 0;
  const isRegion = /"(?:labels|audiolabels)"/.test(head) && /"start"\s*:/.test(head) && /"end"\s*:/.test(head);
  if (isRegion && /"(?:result|from_name)"/.test(head)) return 0.95;
  return /"(?:audio|url|sound)"\s*:\s*"[^"\n]*\.(?:wav|mp3|flac|ogg|opus|m4a|aac|webm|mp4)\b/i.test(head) ? 0.85 : 0;
}

async function parse(files: readonly SourceFile[], context: ParseContext) {
  const reading = createReading(context);
  const findSound = createSoundFinder(reading);
  const items: ParsedItem[] = [];
  const own = files.length === 1 ? files : files.filter(({ path }) => /\.json$/i.test(path));
  if (own.length === 0) throw new CodecError('not-this-format');
  for (const [i, file] of own.entries()) {
    const place = own.length > 1 ? file.path : '';
    const taken = items.length;
    try {
      let seen = 0;
      for await (const { value, index } of tasksOf(file)) {
        const where = index === null ? place || 'task' : `${place}[${index}]`;
        const item = await readSoundTask(reading, value, where, findSound);
        if (item !== null) items.push(item);
        seen += 1;
        if (seen % breatheEvery === 0) await context.breathe(i, own.length);
      }
    } catch (error) {
      if (!(error instanceof CodecError)) throw error;
      if (own.length === 1) throw error;
      // How much stood before the broken place depends on how the file came in, so none of it is taken.
      items.length = taken;
      reading.fail(placeOf(file, error), reasonOf(error));
    }
  }
  return reading.result(items, {});
}

async function* write(source: WriteSource): AsyncGenerator<FilePiece, WriteSummary> {
  const loss = createLossCounter();
  let [items, objects] = [0, 0];
  for await (const item of source.items()) {
    const written = soundTaskOf(item, loss);
    yield { path: '', text: `${items === 0 ? '[\n' : ',\n'}${JSON.stringify(written.task)}` };
    items += 1;
    objects += written.objects;
  }
  yield { path: '', text: items === 0 ? '[]\n' : '\n]\n' };
  return { items, objects, loss: loss.list() };
}
