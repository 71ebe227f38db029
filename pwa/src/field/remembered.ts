/** What stands in clear and decides how the first screen looks. */

import { readCover, readPlain, type Cover, type Protection } from '../shared/store'

export interface Remembered {
  /** How this phone is protected; null before an enrolment. */
  protection: Protection | null
  locale: string | undefined
  look: string | undefined
  cover: Cover
}

export async function readRemembered(): Promise<Remembered> {
  const [vault, locale, look, cover] = await Promise.all([readPlain('vault'), readPlain('locale'), readPlain('look'), readCover()])
  return { protection: vault?.protection ?? null, locale, look, cover }
}
