/** Small forms of text on the screen. */

/** The comparison number in groups of four: easier to read aloud. */
export function groups(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}

/** Metres as kilometres with one decimal. */
export function kilometres(metres: number): string {
  return `${(metres / 1000).toFixed(1)} km`
}

/** Seconds as minutes and seconds, `12:05`. */
export function stopwatch(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`
}

/** A distance from here, in metres or kilometres. */
export function away(metres: number): string {
  return metres < 1000 ? `${metres} m` : kilometres(metres)
}
