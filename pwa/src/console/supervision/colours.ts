/** Cards' colours, the mildest first, and the tone in which each is shown. */
export const COLOURS = ['blue', 'yellow', 'red'] as const

export const TONES = { blue: 'near', yellow: 'late', red: 'bad' } as const
