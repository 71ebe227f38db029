/** Words and figures of a ballot box's pages. */
import type { Schema } from '../../shared/api/client'

export type Box = Schema<'BallotBox'>
export type Tally = Schema<'BallotTally'>
export type Line = Tally['lines'][number]
export type Stage = Box['stage']
export type Tone = 'plain' | 'good' | 'late' | 'bad'

const TONES: Record<string, Tone> = { set_up: 'plain', casting: 'late', sealed: 'late', opened: 'good', void: 'bad' }

export const stageTone = (stage: Stage): Tone => TONES[stage] ?? 'plain'

/** The slips of all groups together. */
export function sums(box: Box): { issued: number; used: number; unused: number; spoilt: number } {
  const total = { issued: 0, used: 0, unused: 0, spoilt: 0 }
  for (const group of box.groups) for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += group[key]
  return total
}

/** What one group said of one unit by one criterion. */
export function lineOf(tally: Tally, group: string, unit: string, criterion: string): Line | undefined {
  return tally.lines.find((one) => one.group === group && one.unit === unit && one.criterion === criterion)
}

/** A mean as people read it; a dash where too few judged to be told. */
export const meanText = (line: Line | undefined): string => (line?.mean == null ? '—' : line.mean.toFixed(1))
