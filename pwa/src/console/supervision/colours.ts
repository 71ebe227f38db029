/** Cards' colours, the mildest first, and the tone in which each is shown. */
export const COLOURS = ['blue', 'yellow', 'red'] as const

/** Ways through several departments, the best first, and the tone of each. */
export const FLOWS = ['parallel', 'early', 'serial'] as const

export const FLOW_TONES = { parallel: 'good', early: 'near', serial: 'late' } as const

export const TONES = { blue: 'near', yellow: 'late', red: 'bad' } as const
