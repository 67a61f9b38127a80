import type { FailReason, LossKind } from '#shared/codecs/codec.ts';
import type { MediaProblem } from '#shared/domain/work.ts';
import type { useText } from '#renderer/i18n/i18n.ts';

type Translate = ReturnType<typeof useText>;

/** Why a photo is not shown or not taken, in words. The contract gives it as a plain string where a folder is taken in. */
export function mediaWords(t: Translate, problem: string): string {
  return t(`work.problem.${problem as MediaProblem}`, { defaultValue: problem });
}

/** Why a row of an annotation file was not taken. */
export function failWords(t: Translate, why: string): string {
  return t(`work.exchange.why.${why as FailReason}`, { defaultValue: why });
}

/** What a format or this program left behind. */
export function lossWords(t: Translate, what: string): string {
  return t(`work.exchange.lost.${what as LossKind}`, { defaultValue: what });
}
