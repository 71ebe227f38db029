/** JSON as signed documents may hold it: one spelling, one meaning (PROTOCOL, first paragraph). */

import { fromUtf8, type Bytes } from './bytes'

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|[{}[\]]/g

/**
 * Parse UTF-8 JSON. Throws on what is not JSON, on a member named twice (readers would differ about
 * which one counts), on a number that is no safe integer, and on a lone surrogate.
 */
export function parseStrict(bytes: Bytes): unknown {
  const text = fromUtf8(bytes)
  const value: unknown = JSON.parse(text)
  const open: (Set<string> | null)[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token.startsWith('"')) checkString(token, isName(text, index + token.length) ? open.at(-1) : null)
    else if (!/^-?\d+$/.test(token) || !Number.isSafeInteger(Number(token))) throw new SyntaxError('not a safe integer')
  }
  return value
}

function isName(text: string, after: number): boolean {
  let at = after
  while (' \t\r\n'.includes(text[at] ?? '!')) at += 1
  return text[at] === ':'
}

function checkString(token: string, names: Set<string> | null | undefined): void {
  const text = JSON.parse(token) as string
  if (/\p{Surrogate}/u.test(text)) throw new SyntaxError('lone surrogate')
  if (!names) return
  if (names.has(text)) throw new SyntaxError('member named twice')
  names.add(text)
}
