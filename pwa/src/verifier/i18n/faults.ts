/** The texts of the faults are the server's own: one wording, whichever verifier speaks. */

import english from '../../../../server/anfang/locales/en/packs.ftl?raw'
import chinese from '../../../../server/anfang/locales/zh-CN/packs.ftl?raw'

const MESSAGE = /^(pack-[a-z-]+) = (.+)$/gm

function messages(catalogue: string): Map<string, string> {
  return new Map([...catalogue.matchAll(MESSAGE)].map(([, code, text]) => [code!, text!]))
}

export const FAULTS = { 'zh-CN': messages(chinese), en: messages(english) }
