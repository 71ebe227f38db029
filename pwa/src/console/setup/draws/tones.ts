/** The ground colours of a draw's states; the word beside them says the same. */
import type { Schema } from '../../../shared/api/client'

type State = Schema<'DrawSummary'>['state']
const TONES = { committed: 'late', drawn: 'near', published: 'good', replaced: 'plain' } as const

export function toneOf(state: State): (typeof TONES)[State] {
  return TONES[state]
}
