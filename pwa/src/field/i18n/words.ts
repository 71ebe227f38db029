/** Fetching a language's first words. Apart from the rest: it begins before the app is there (see remembered.ts). */

import type { Catalogue } from './catalogue'

export const LOCALES = ['zh-CN', 'en'] as const
export type Locale = (typeof LOCALES)[number]

type Words = Promise<{ default: Catalogue }>

const loaders: Record<Locale, () => Words> = {
  'zh-CN': () => import('./zh-CN'),
  en: () => import('./en'),
}
const begun = new Map<Locale, Words>()

/** The remembered language, else the phone's if we have it, else Chinese. */
export function localeOf(known: string | undefined): Locale {
  return (known ?? navigator.language).startsWith('en') ? 'en' : 'zh-CN'
}

/** Fetch the words of the first screens, once; after a failure again. */
export function loadWords(locale: Locale): Words {
  const words = begun.get(locale) ?? loaders[locale]()
  begun.set(locale, words)
  words.catch(() => begun.delete(locale))
  return words
}
