/** Numbers of headings as official documents write them: 一、 （一） 1. （1） (GB/T 9704-2012 §7.3.3). */

const DIGITS = '〇一二三四五六七八九'
const LEVELS = 4

/** The number before each paragraph; plain text gets none. A heading restarts the levels beneath it. */
export function headingNumbers(body: readonly { level?: number }[]): string[] {
  const counts = new Array<number>(LEVELS + 1).fill(0)
  return body.map(({ level = 0 }) => {
    if (level < 1 || level > LEVELS) return ''
    counts[level] = (counts[level] ?? 0) + 1
    counts.fill(0, level + 1)
    return numberOf(level, counts[level] ?? 0)
  })
}

/** 1 to 99 in Chinese figures: 12 → 十二. */
export function chineseNumeral(n: number): string {
  const tens = Math.floor(n / 10)
  const ones = n % 10
  return (tens > 1 ? DIGITS[tens]! : '') + (tens > 0 ? '十' : '') + (ones > 0 ? DIGITS[ones]! : '')
}

function numberOf(level: number, n: number): string {
  if (level === 1) return `${chineseNumeral(n)}、`
  if (level === 2) return `（${chineseNumeral(n)}）`
  return level === 3 ? `${n}.` : `（${n}）`
}
