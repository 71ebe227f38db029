/** Lists of names as people type them: one a line, empty lines left out. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '')
}

export function textOf(lines: readonly string[] | undefined): string {
  return (lines ?? []).join('\n')
}
