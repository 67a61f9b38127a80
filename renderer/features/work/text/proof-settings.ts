/** Whether where a paste came from may be kept, where the clipboard tells. */
export const keepsOriginSetting = 'text.keepsOrigin';
