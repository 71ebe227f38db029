/** Small forms of text on the screen. */

/** The comparison number in groups of four: easier to read aloud. */
export function groups(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ')
}
