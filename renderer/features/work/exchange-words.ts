import type { FailReason, LossKind } from '#shared/codecs/codec.ts';
import type { SkipReason } from '#shared/rules/photo-names.rules.ts';
import type { useText } from '#renderer/i18n/i18n.ts';

type Translate = ReturnType<typeof useText>;

/** Why a file of a folder was not taken, in words. The contract gives it as a plain string. */
export function skipWords(t: Translate, problem: string): string {
  return t(`work.folder.why.${problem as SkipReason}`, { defaultValue: problem });
}

/** Why a row of an annotation file was not taken. */
export function failWords(t: Translate, why: string): string {
  return t(`work.exchange.why.${why as FailReason}`, { defaultValue: why });
}

/** What a format or this program left behind. */
export function lossWords(t: Translate, what: string): string {
  return t(`work.exchange.lost.${what as LossKind}`, { defaultValue: what });
}
