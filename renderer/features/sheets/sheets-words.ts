import type { SheetField } from '#shared/domain/sheet-mapping.ts';
import type { LocaleKey, useText } from '#renderer/i18n/i18n.ts';

type Translate = ReturnType<typeof useText>;

const say = (t: Translate, key: string, otherwise: string): string => t(key as LocaleKey, { defaultValue: otherwise });

/** Why a cell can't be taken. The contract gives it as a plain string. */
export const whyWords = (t: Translate, why: string): string => say(t, `sheets.why.${why}`, why);
/** Why a line of a file of entries does not hold. */
export const faultWords = (t: Translate, why: string): string => say(t, `sheets.lines.faults.${why}`, why);
/** Why a row was left out. */
export const skipWords = (t: Translate, reason: string): string => say(t, `sheets.skipped.${reason}`, reason);
/** What a mapping still lacks. */
export const gapWords = (t: Translate, why: string): string => say(t, `sheets.gaps.${why}`, why);
/** Which known export it is. */
export const shapeWords = (t: Translate, shape: string): string => say(t, `sheets.shapes.${shape}`, shape);
/** What a column says about a row. */
export const fieldWords = (t: Translate, field: SheetField): string => t(`sheets.fields.${field}`);
