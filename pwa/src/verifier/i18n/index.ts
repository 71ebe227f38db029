/** The page's words, Chinese first; the compiler holds the English ones complete. */

import type { Catalogue, MessageKey } from './catalogue'
import en from './en'
import { FAULTS } from './faults'
import zhCN from './zh-CN'

export type { MessageKey }
export const LOCALES = { 'zh-CN': '中文', en: 'English' } as const
export type Locale = keyof typeof LOCALES

const CATALOGUES: Record<Locale, Catalogue> = { 'zh-CN': zhCN, en }

/** The message in a language, its `{name}` places filled. */
export function message(locale: Locale, key: MessageKey, values: Record<string, string | number> = {}): string {
  return CATALOGUES[locale][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** A fault in the server's words; a code that it does not know speaks for itself. */
export function faultText(locale: Locale, code: string, detail: string): string {
  return (FAULTS[locale].get(code) ?? code).replace('{ $detail }', () => detail)
}

/** The language to begin with: the browser's if we have it, else Chinese. */
export function firstLocale(): Locale {
  return navigator.language.startsWith('en') ? 'en' : 'zh-CN'
}
