import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { format as prettified } from 'prettier';
import { describe, expect, it } from 'vitest';
import { appRoot } from '#electron/core/app-root.ts';
import { CodecError, type AnnotationCodec, type Loss } from '#shared/codecs/codec.ts';
import { guessFormats, annotationCodecs } from '#shared/codecs/annotation-codecs.ts';
import { imageFormats } from '#shared/codecs/annotation-formats.ts';
import { type Geometry, proposal as proposalSchema, shape as shapeSchema } from '#shared/domain/annotation.ts';
import { isCanonicalisable } from '#shared/proofs/canonical.ts';
import { parseFiles, writeFiles } from '#test/support/codec-files.ts';
import {
  alike,
  lossMatrix,
  photo,
  roundTrip,
  sampleGeometries,
  sampleLabels,
  sampleProposal,
  sampleShape,
} from '#test/support/loss-matrix.ts';

const codecs = imageFormats.map((name) => [name, annotationCodecs[name]] as const);
// Spans are of recordings and passages of texts, which no format of pictures is asked to write.
const types = (Object.keys(sampleGeometries) as Geometry['type'][]).filter(
  (type) => type !== 'span' && type !== 'passage',
);
const countOf = (loss: readonly Loss[], what: string) => loss.find((one) => one.what === what)?.count ?? 0;

describe.each(codecs)('%s', (name, codec) => {
  it('goes by its name', () => {
    expect(codec.format).toBe(name);
    for (const { answers } of codec.choices) expect(answers.length).toBeGreaterThan(1);
  });

  it.each(types)('gives a %s back as it was, or counts it as lost', async (type) => {
    const shapes = [1, 2, 3].map(() => sampleShape(sampleGeometries[type]));
    // A photo has a tag once.
    if (type === 'tag') shapes.splice(1);
    const { items, loss, objects } = await roundTrip(codec, { shapes });
    const back = items.flatMap((item) => item.shapes);
    const lost = countOf(loss, type) + countOf(loss, `left-out-${type}`);
    if (codec.holds.shapes.includes(type)) {
      expect(back.map(({ geometry }) => geometry)).toSatisfy((all: Geometry[]) =>
        all.every((geometry) => alike(geometry, sampleGeometries[type])),
      );
      expect([back.length, objects, lost]).toEqual([shapes.length, shapes.length, 0]);
      expect(back.map(({ label }) => label)).toEqual(shapes.map(() => 'car'));
    } else {
      expect(lost).toBe(shapes.length);
      expect(objects).toBe(shapes.length - countOf(loss, `left-out-${type}`));
    }
  });

  it('keeps attributes, proposals, empty photos and sizes where it says so, and counts them where not', async () => {
    const attributes = { colour: 'red', parked: true, doors: 3 };
    const { shapes, attributes: hasAttributes, proposals: hasProposals, emptyItems, sizes } = codec.holds;
    const geometry = sampleGeometries[shapes[0]!];
    const attributed = await roundTrip(codec, { shapes: [sampleShape(geometry, { attributes })] });
    if (hasAttributes)
      expect(Object.keys(attributed.items[0]!.shapes[0]!.attributes).sort()).toEqual(Object.keys(attributes).sort());
    else expect(countOf(attributed.loss, 'attribute')).toBe(3);

    const proposed = await roundTrip(codec, { proposals: [sampleProposal(geometry)] });
    if (hasProposals) expect(proposed.items[0]!.proposals).toMatchObject([{ score: 0.75, label: 'car' }]);
    else expect(countOf(proposed.loss, 'proposal')).toBe(1);

    expect((await roundTrip(codec, {})).items).toHaveLength(emptyItems ? 1 : 0);
    const alone = roundTrip(codec, { shapes: [sampleShape(geometry)] }, false).catch(() => ({ items: [] }));
    expect((await alone).items[0]?.size ?? null).toEqual(sizes ? photo.size : null);
  });

  it('is guessed from what it writes', async () => {
    const shapes = [sampleShape(sampleGeometries[codec.holds.shapes[0]!])];
    const { files } = await writeFiles(codec, { items: [{ ...photo, shapes, extra: {} }], labels: sampleLabels });
    const heads = Object.entries(files).map(([path, head]) => ({ path, head }));
    const [guess] = guessFormats(heads, 'image');
    // The kinds of YOLO look alike and are read alike.
    expect(guess?.format.split('-')[0]).toBe(name.split('-')[0]);
  });

  it('is not harmed by what is altered at any place', { timeout: 60_000 }, async () => {
    const shapes = codec.holds.shapes.map((type) =>
      sampleShape(sampleGeometries[type], { attributes: { colour: 'red' } }),
    );
    const { files } = await writeFiles(codec, { items: [{ ...photo, shapes, extra: {} }], labels: sampleLabels });
    const all = Object.entries(files);
    const hostile = [
      '1e999',
      '-1e308',
      'NaN',
      'Infinity',
      '99999999999999999999',
      '-1',
      '0.5',
      'null',
      '"__proto__"',
      '__proto__',
      'constructor',
      '{',
      ']',
      '"',
      '<',
      '>',
      '&x;',
      '\u0000',
      '\ud800',
      '水',
      '',
      '[['.repeat(5000),
      '<a>'.repeat(5000),
    ];
    const change = fc.record({ file: fc.nat(), at: fc.nat(), drop: fc.nat(12), put: fc.constantFrom(...hostile) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        const altered = new Map(all);
        for (const { file, at, drop, put } of changes) {
          const [path] = all[file % all.length]!;
          const text = altered.get(path)!;
          const from = at % (text.length + 1);
          altered.set(path, text.slice(0, from) + put + text.slice(from + drop));
        }
        await expectHarmless(codec, Object.fromEntries(altered));
      }),
      { numRuns: 250 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses what is built to harm', { timeout: 60_000 }, async () => {
    const laughs = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const texts = [
      '',
      '{"__proto__":{"polluted":1}}',
      '[{"__proto__":{"polluted":1}}]',
      '['.repeat(200_000),
      `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`,
      '<a>'.repeat(100_000),
      `<annotations>${'<image>'.repeat(50_000)}`,
      `<!DOCTYPE a [<!ENTITY l0 "lol">${laughs}]><annotation><filename>&l12;</filename></annotation>`,
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><annotations><image name="&x;"/></annotations>',
      '0 1e999 NaN 0.5 0.5\n'.repeat(1000),
      `0 ${'0.5 '.repeat(500_000)}`,
      'names: &a [*a]\n',
    ];
    for (const text of texts) {
      for (const path of ['a.json', 'a.xml', 'labels/a.txt', 'data.yaml']) {
        await expectHarmless(codec, { [path]: text });
      }
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

/** What is read is valid whatever was given, or it is refused; and it can be written. */
async function expectHarmless(codec: AnnotationCodec, files: Record<string, string>): Promise<void> {
  let read;
  try {
    read = await parseFiles(codec, files, { imageSize: () => Promise.resolve({ ...photo.size }) });
  } catch (error) {
    expect(error).toBeInstanceOf(CodecError);
    return;
  }
  const { parsed } = read;
  for (const { shapes, proposals = [], name, extra } of parsed.items) {
    expect(name === '' || name.startsWith('/') || name.split('/').includes('..')).toBe(false);
    expect(isCanonicalisable(extra)).toBe(true);
    for (const shape of shapes) {
      expect(shapeSchema.safeParse(shape).error).toBeUndefined();
      expect(isCanonicalisable(shape)).toBe(true);
    }
    for (const proposal of proposals) expect(proposalSchema.safeParse(proposal).error).toBeUndefined();
  }
  await writeFiles(codec, { items: parsed.items, labels: parsed.labels, extra: parsed.extra });
}

describe('the loss matrix of the README', () => {
  it('is what writing and reading one of each comes to', async () => {
    const path = join(appRoot, 'README.md');
    const readme = readFileSync(path, 'utf8');
    const [begin, end] = ['<!-- loss matrix: begin -->', '<!-- loss matrix: end -->'];
    const [from, to] = [readme.indexOf(begin) + begin.length, readme.indexOf(end)];
    const table = await prettified(await lossMatrix(), { parser: 'markdown', printWidth: 120 });
    // Renewed by UPDATE_LOSS_MATRIX=1, when a format holds more or less than it did.
    if (process.env['UPDATE_LOSS_MATRIX']) {
      writeFileSync(path, `${readme.slice(0, from)}\n\n${table}\n${readme.slice(to)}`);
    } else {
      expect(readme.slice(from, to).trim()).toBe(table.trim());
    }
  });
});
