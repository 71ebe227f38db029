/** Sending a confirmation of another inspector's record (PROTOCOL §4, witness). */

import type { WitnessEntry } from '../../domain/outbox'
import { askJson, OfficeError } from './http'

/** Resolves when the office has it, now or since an earlier try. Throws an OfficeError. */
export async function deliverWitness(token: string, entry: WitnessEntry): Promise<void> {
  const { body } = await askJson(`/records/${entry.record}/witness`, {
    method: 'POST', token, body: { statement: entry.statement, certificate: entry.certificate, link: entry.link },
  })
  if (body.record !== entry.record) throw new OfficeError('not-the-office', 'not-the-office')
  entry.phase = 'delivered'
  entry.trouble = null
}
