/**
 * What stands in clear and decides how the first screen looks. Built, it is a script of its own (tools/first-screen.ts):
 * the phone reads while the rest of the app is still on its way.
 */

import { readCover, readPlain, type Cover, type Protection } from '../shared/store'

export interface Remembered {
  protection: Protection | null
  locale: string | undefined
  look: string | undefined
  cover: Cover
}

export const remembered: Promise<Remembered> = readRemembered()

async function readRemembered(): Promise<Remembered> {
  const [protection, locale, look, cover] = await Promise.all([readProtection(), readPlain('locale'), readPlain('look'), readCover()])
  return { protection, locale, look, cover }
}

/** How this phone is protected, or null when there is no vault yet. */
export async function readProtection(): Promise<Protection | null> {
  return (await readPlain('vault'))?.protection ?? null
}
