import type { TextRules } from '#shared/domain/text.ts';
import { useText } from '#renderer/i18n/i18n.ts';
import { useFormat } from '#renderer/i18n/use-format.ts';

/** A list longer than this is told by its beginning and its number. */
const shown = 8;

/** The rules of a project of texts in words, one a line. */
export function useTextRuleLines(): (rules: TextRules) => string[] {
  const t = useText();
  const format = useFormat();
  const n = (value: number) => format.number(value, 0);
  const listed = (names: readonly string[]) =>
    names.length <= shown
      ? names.join(t('projects.rules.texts.comma'))
      : t('projects.rules.texts.andMore', {
          names: names.slice(0, shown).join(t('projects.rules.texts.comma')),
          count: names.length,
          formatted: n(names.length),
        });
  return (rules) => {
    const { lengthUnit = 'usual', shortest, longest, requiredParts, forbiddenParts, refusals, categories } = rules;
    const named = (name: string, of: string) => t('ui.named', { name, of });
    const flags = (['finishedSentences', 'requireSource', 'severalCategories', 'requireReason', 'judgeFirst'] as const)
      .filter((name) => rules[name] === true)
      .map((name) => t(`projects.rules.texts.${name}`));
    const unit = t(`projects.rules.texts.units.${lengthUnit}`);
    return [
      ...(shortest === undefined ? [] : [`${named(t('projects.rules.texts.shortest'), n(shortest))} · ${unit}`]),
      ...(longest === undefined ? [] : [`${named(t('projects.rules.texts.longest'), n(longest))} · ${unit}`]),
      ...(requiredParts ? [named(t('projects.rules.texts.requiredParts'), listed(requiredParts))] : []),
      ...(forbiddenParts ? [named(t('projects.rules.texts.forbiddenParts'), listed(forbiddenParts))] : []),
      ...(refusals
        ? [named(t('projects.rules.texts.refusals'), listed(refusals.map(({ key, title }) => title ?? key)))]
        : []),
      ...(categories
        ? [named(t('projects.rules.texts.categories'), listed(categories.map(({ key, title }) => title ?? key)))]
        : []),
      ...(rules.criteria
        ? [
            named(
              t('projects.rules.texts.criteria'),
              listed(
                rules.criteria.map(
                  ({ name, title, input }) => `${title ?? name} (${t(`projects.rules.texts.inputs.${input}`)})`,
                ),
              ),
            ),
          ]
        : []),
      ...(rules.preferenceScale === undefined
        ? []
        : [
            named(t('projects.rules.texts.preferenceScale'), t(`projects.rules.texts.scales.${rules.preferenceScale}`)),
          ]),
      ...flags,
      ...(rules.history === undefined
        ? []
        : [named(t('projects.rules.texts.history'), t(`projects.rules.texts.histories.${rules.history}`))]),
    ];
  };
}
