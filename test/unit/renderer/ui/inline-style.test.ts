import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const renderer = fileURLToPath(new URL('../../../../renderer/', import.meta.url));

/** Parts of the component library that put a style element into the page, which the security policy refuses. */
const inlineStyled = ['AppShell', 'Flex', 'Grid', 'SimpleGrid', 'ColorSchemeScript', 'Global'];

describe('the renderer', () => {
  it('uses nothing that writes style elements at run time', () => {
    const found: string[] = [];
    for (const file of globSync('**/*.tsx', { cwd: renderer })) {
      const source = readFileSync(renderer + file, 'utf8');
      const imported = [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      );
      for (const name of inlineStyled) if (imported.includes(name)) found.push(`${file}: ${name}`);
      if (/\b(hiddenFrom|visibleFrom)=|=\{\{ (base|xs|sm|md|lg|xl):/.test(source))
        found.push(`${file}: responsive prop`);
    }
    expect(found).toEqual([]);
  });
});
