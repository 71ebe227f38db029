/** What all charts share: the console's colours, and hints that keep the page's policy. */
export const INK = '#1f5a96'
export const WARM = '#b3261e'
export const QUIET = '#56616e'
/** Drawn on the canvas: as HTML its styles would break the page's policy. */
export const TIP = { renderMode: 'richText', confine: true } as const
