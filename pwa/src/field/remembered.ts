/**
 * What stands in clear and decides how the first screen looks. Built, it is a script of its own (tools/first-screen.ts):
 * the phone reads while the rest of the app is still on its way.
 */

import { readCover, readPlain, type Cover, type Protection } from '../shared/store'
import { loadWords, localeOf, type Locale } from './i18n/words'

export interface Remembered {
  protection: Protection | null
  locale: Locale
  look: string | undefined
  cover: Cover
}

export const remembered: Promise<Remembered> = readRemembered()

async function readRemembered(): Promise<Remembered> {
  const [protection, locale, look, cover] = await Promise.all([readProtection(), readLocale(), readPlain('look'), readCover()])
  return { protection, locale, look, cover }
}

/** The language to show; its words are read before the app that shows them is there. Who shows them is told of a failure. */
async function readLocale(): Promise<Locale> {
  const locale = localeOf(await readPlain('locale'))
  loadWords(locale).catch(() => undefined)
  return locale
}

/** How this phone is protected, or null when there is no vault yet. */
export async function readProtection(): Promise<Protection | null> {
  return (await readPlain('vault'))?.protection ?? null
}
