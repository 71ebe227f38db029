import type { Schema } from '../../shared/api/client'

/** The ground of a notice's state. */
export function noticeTone(state: Schema<'Notice'>['state']): 'plain' | 'good' | 'near' | 'late' | 'bad' {
  switch (state) {
    case 'in_approval': return 'late'
    case 'approved': return 'near'
    case 'published': return 'good'
    case 'corrected': return 'good'
    case 'withdrawn': return 'bad'
    default: return 'plain'
  }
}
