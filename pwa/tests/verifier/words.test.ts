/** What the page says: every fault in the server's words, every state in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import en from '../../src/verifier/i18n/en'
import { FAULTS } from '../../src/verifier/i18n/faults'
import { faultText } from '../../src/verifier/i18n'
import zhCN from '../../src/verifier/i18n/zh-CN'
import { readOfficeKey } from '../../src/verifier/officeKey'
import { groupStates, verdictJson, verdictOf } from '../../src/verifier/result'
import type { Outcome } from '../../src/verifier/verify'
import { vectors } from '../vectors'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
const published = [...read('../../../docs/pack-faults.md').matchAll(/^\| `(pack-[a-z-]+)`/gm)].map(([, code]) => code!)
const sources = readdirSync(new URL('../../src/verifier', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((name) => /^(checks|zip|verify)/.test(name) && name.endsWith('.ts'))
  .map((name) => read(`../../src/verifier/${name}`))
  .join('\n')

/** Only a checker with an installation of its own, or with certificates to judge by, says these. */
const NOT_HERE = ['pack-log-key-other', 'pack-stamp-invalid']

it('finds every published fault, and no other', () => {
  const found = new Set([...sources.matchAll(/'(pack-[a-z-]+)'/g)].map(([, code]) => code!))
  expect([...found].sort()).toEqual(published.filter((code) => !NOT_HERE.includes(code)).sort())
})

it.each(['zh-CN', 'en'] as const)('has a text for every fault: %s', (locale) => {
  expect(published.filter((code) => !FAULTS[locale].has(code))).toEqual([])
  expect(faultText(locale, 'pack-record-invalid', '$& typ')).toContain('$& typ')
})

it('says everything in both languages, with the same places to fill', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()
  for (const [key, text] of Object.entries(zhCN)) expect([key, places(en[key as keyof typeof en])]).toEqual([key, places(text)])
})

const FACTS = { files: 3, profile: 'full', stamps: ['data/log/01.tsr'] } as Outcome['facts']
const whole: Outcome = { isPack: true, sound: true, signer: 'unknown', findings: [], records: 1, facts: FACTS }

it('names the verdict', () => {
  expect(verdictOf(whole)).toBe('signer-unknown')
  expect(verdictOf({ ...whole, signer: 'known' })).toBe('sound')
  expect(verdictOf({ ...whole, sound: false })).toBe('unsound')
  expect(verdictOf({ ...whole, sound: false, isPack: false })).toBe('not-a-pack')
})

it('never says that stamps hold, and puts each fault where it belongs', () => {
  expect(groupStates(whole)).toMatchObject({ archive: 'holds', stamps: 'not-checked' })
  expect(groupStates({ ...whole, facts: null })).toMatchObject({ records: 'not-reached', stamps: 'not-reached' })
  const faulty = { ...whole, findings: published.map((code) => ({ file: 'x', code, detail: '' })) }
  const { stamps, ...others } = groupStates(faulty)
  expect(stamps).not.toBe('holds')
  expect(new Set(Object.values(others))).toEqual(new Set(['fault']))
})

it('makes visible what a stranger hid in a name', () => {
  const { faults } = verdictJson({ ...whole, findings: [{ file: 'a\u202eb\u001b', code: 'pack-path-unsafe', detail: '' }] }, 'x.zip', 'en')
  expect(faults[0]!.file).toBe('a\ufffdb\ufffd')
})

it('takes a key as PEM or as its thumbprint, and nothing else', async () => {
  const { keys } = vectors<{ keys: { office: { public_pem: string; private_pem: string; thumbprint: string } } }>('jose')
  const { public_pem: pem, private_pem: secret, thumbprint } = keys.office
  expect(await readOfficeKey(pem)).toBe(thumbprint)
  expect(await readOfficeKey(`  ${thumbprint}\n`)).toBe(thumbprint)
  for (const text of ['nonsense', thumbprint.slice(1), secret, '', `${thumbprint}=`]) expect(await readOfficeKey(text)).toBeNull()
})
