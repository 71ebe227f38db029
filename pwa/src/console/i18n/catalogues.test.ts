import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { MENU } from '../menu'
import en from './en'
import zhCN from './zh-CN'

const root = join(import.meta.dirname, '..')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('i18n') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(root, name), 'utf8'))

/** Every quoted key inside a `t(…)` or `$t(…)`, also both sides of a condition. */
function keysIn(source: string): string[] {
  const calls = source.matchAll(/(?<![\w.])\$?t\(((?:[^()]|\([^()]*\))*)\)/g)
  return [...calls].flatMap(([, inside]) => [...(inside ?? '').matchAll(/'([a-zA-Z]+(?:\.[\w-]+)+)'/g)].map(([, key]) => key!))
}

it('has every message that a page asks for', () => {
  const asked = new Set([...sources.flatMap(keysIn), ...MENU.flatMap((group) => [group.label ?? 'menu.setup', ...group.entries.map((entry) => entry.label)])])
  expect(asked.size).toBeGreaterThan(250)
  expect([...asked].filter((key) => !(key in zhCN))).toEqual([])
})

it('says everything in both languages, with the same places to fill', () => {
  expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort())
  // English says a message with a number once for one and once for many.
  const places = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort()
  for (const [key, text] of Object.entries(zhCN)) expect([key, places(en[key as keyof typeof en])]).toEqual([key, places(text)])
})
