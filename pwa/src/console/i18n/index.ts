/** The console's words: Chinese first, English complete; the compiler holds both catalogues to the same keys. */
import { createI18n } from 'vue-i18n'
import en from './en'
import zhCN from './zh-CN'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const LANGUAGE_NAMES: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' }
const REMEMBERED = 'console-locale'

export const i18n = createI18n({
  legacy: false,
  locale: preferred(),
  fallbackLocale: 'zh-CN',
  // Keys are flat: `overview.records` and `overview.records.lead` stand side by side.
  messageResolver: (catalogue, key) => (catalogue as Record<string, string>)[key] ?? null,
  messages: { 'zh-CN': zhCN, en },
})

export function currentLocale(): Locale {
  return i18n.global.locale.value as Locale
}

export function setLocale(locale: Locale): void {
  i18n.global.locale.value = locale
  globalThis.localStorage?.setItem(REMEMBERED, locale)
  show(locale)
}

/** The message of a key; outside templates. */
export function t(key: string, values: Record<string, unknown> = {}): string {
  return i18n.global.t(key, values)
}

/** Whether a text made from data (a state, a role) is a key. */
export function known(key: string): boolean {
  return i18n.global.te(key)
}

/** The word for a value of a closed list; an unknown value is shown as it is, never hidden. */
export function word(group: string, value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  const key = `${group}.${value}`
  return known(key) ? t(key) : value
}

function preferred(): Locale {
  const remembered = globalThis.localStorage?.getItem(REMEMBERED)
  const wanted = remembered ?? globalThis.navigator?.language ?? 'zh-CN'
  const locale = wanted.startsWith('en') ? 'en' : 'zh-CN'
  show(locale)
  return locale
}

function show(locale: Locale): void {
  if (globalThis.document) document.documentElement.lang = locale
}
