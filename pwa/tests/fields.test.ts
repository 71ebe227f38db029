import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const ROOT = new URL('../src/field/', import.meta.url)
const FILES = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))

/** The tags of a template that a person writes into. */
function fieldsOf(name: string): string[] {
  return [...readFileSync(new URL(name, ROOT), 'utf8').matchAll(/<(?:input|textarea|select)\b[^>]*/g)].map((match) => match[0])
}

describe('what a person writes', () => {
  it('is never kept by the browser for a restore: every field says no, and so does the form of those that have none', () => {
    const fields = FILES.flatMap((name) => fieldsOf(name).map((tag) => ({ name, tag })))
    expect(fields.length).toBeGreaterThan(20)
    const loud = fields.filter(({ tag }) => !tag.includes('autocomplete="off"') || (!tag.startsWith('<input') && !tag.includes('form="quiet"')))
    expect(loud).toEqual([])
    expect(readFileSync(new URL('../../field.html', ROOT), 'utf8')).toContain('<form id="quiet" method="dialog" autocomplete="off" hidden>')
  })
})
