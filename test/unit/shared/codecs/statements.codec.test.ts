import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statementMarkdown } from '#shared/codecs/statements.codec.ts';

const section = { title: 'Measurement', paragraphs: [], facts: [], tables: [] };
const of = (part: Partial<typeof section> & object) =>
  statementMarkdown({ title: 'Street', lead: [], sections: [{ ...section, ...part }] });

describe('a statement as Markdown', () => {
  it('has headings, paragraphs, facts and tables', () => {
    const text = statementMarkdown({
      title: 'Street',
      lead: ['Made on 22 Nov 2026'],
      sections: [
        {
          title: 'Measurement',
          paragraphs: ['By sample.\nTwice a day.'],
          facts: [{ name: 'Bar', value: 'at least 95 %' }],
          tables: [{ title: 'By stage', heads: ['Stage', 'Returns'], rows: [['reviewer', '3'], ['machine']] }],
        },
      ],
    });
    expect(text).toBe(
      [
        '# Street',
        'Made on 22 Nov 2026',
        '## Measurement',
        'By sample.\\\nTwice a day.',
        '- Bar: at least 95 %',
        '### By stage',
        '| Stage | Returns |\n| --- | --- |\n| reviewer | 3 |\n| machine |  |',
        '',
      ]
        .join('\n\n')
        .replace(/\n\n$/, '\n'),
    );
  });

  it('leaves nothing that was written to mean something', () => {
    expect(of({ paragraphs: ['# no heading\n1. no list\n- nor this'] as never })).toContain(
      '\\# no heading\\\n1\\. no list\\\n\\- nor this',
    );
    const cell = of({ tables: [{ title: '', heads: ['a'], rows: [['<b>|x|\n[l](http://x)</b>']] }] as never });
    expect(cell).toContain('| \\<b\\>\\|x\\| \\[l\\](http://x)\\</b\\> |');
  });

  it('keeps every table a row a line and as many cells as heads, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 4 }), { maxLength: 6 }), (rows) => {
        const text = of({ tables: [{ title: '', heads: ['a', 'b', 'c'], rows }] as never });
        const lines = text.split('\n').filter((line) => line.startsWith('|'));
        expect(lines).toHaveLength(rows.length + 2);
        for (const line of lines) expect(line.replace(/\\./g, '').match(/\|/g)).toHaveLength(4);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
