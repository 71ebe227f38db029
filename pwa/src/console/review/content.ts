/** What a record says, in words: its disclosures are loose JSON, read here once and carefully. */
import type { Schema } from '../../shared/api/client'
import { yuan } from '../../domain/fare'
import { currentLocale, t, word } from '../i18n'
import type { LatLon } from './sketch'

export type RecordView = Schema<'RecordView'>
export type Medium = Schema<'Medium'>

export interface Item {
  id: string
  text: string
  text_en?: string
  kind?: string
  scale?: number
  max?: number
  unit?: string
  points?: number
  veto?: boolean
  photo?: string
  options?: { value: string; label: string; label_en?: string }[]
}

export interface Fix extends LatLon {
  accuracy_m: number | null
}

export interface Place {
  fix: Fix | null
  source: string | null
  at: string | null
  measured: Fix | null
  /** Why there is no position. */
  reason: string | null
}

/** One line of the answer list. */
export interface AnswerLine {
  item: Item
  value: unknown
  status: 'veto' | 'failed' | 'missing' | 'odd' | 'na' | 'fine'
  remarks: string[]
  media: string[]
}

const RANK: Record<AnswerLine['status'], number> = { veto: 0, failed: 1, odd: 2, missing: 3, fine: 4, na: 5 }

/** Whether a photo is here but not decoded yet; one that was deleted will not be. */
export function isAwaited(medium: Medium | null | undefined): boolean {
  return medium?.state === 'waiting' && medium.deletion === null
}

export function itemsOf(view: RecordView): Item[] {
  return view.checklist.items.filter((item) => typeof item.id === 'string').map((item) => item as unknown as Item)
}

/** The item's text in the reader's language, as far as the checklist has it. */
export function itemText(item: Pick<Item, 'text' | 'text_en'>): string {
  return currentLocale() === 'en' && item.text_en ? item.text_en : item.text
}

/** Every item of the checklist with its answer; what failed comes first, then what is odd or missing. */
export function answerLines(view: RecordView): AnswerLine[] {
  const values = new Map(view.answers.map((one) => [one.item, one.value as unknown]))
  const status = statusOf(view)
  const lines = [...itemsOf(view), ...unknownItems(view)].map((item) => ({
    item,
    value: values.get(item.id),
    status: status(item.id, values.get(item.id)),
    remarks: view.remarks.filter((one) => one.item === item.id && one.text).map((one) => String(one.text)),
    media: view.media.filter((one) => one.items.includes(item.id)).map((one) => one.sha256),
  }))
  return lines.map((line, place) => ({ line, place }))
    .sort((a, b) => RANK[a.line.status] - RANK[b.line.status] || a.place - b.place)
    .map(({ line }) => line)
}

/** Remarks that belong to no item. */
export function generalRemarks(view: RecordView): string[] {
  const known = new Set(itemsOf(view).map((item) => item.id))
  return view.remarks.filter((one) => one.text && (!one.item || !known.has(one.item))).map((one) => String(one.text))
}

export function answerText(item: Item, value: unknown): string {
  if (value === undefined || value === null || value === '') return t('answer.missing')
  if (value === 'na') return t('answer.na')
  if (item.kind === 'yes_no' && (value === 'yes' || value === 'no')) return t(`answer.${value}`)
  if (typeof value === 'number') return scaled(value, item.scale) + tail(item)
  if (Array.isArray(value)) return value.map((one) => optionText(item, one)).join('、')
  return optionText(item, value)
}

export function placeOf(view: RecordView): Place {
  const place = record(view.place)
  return {
    fix: fixOf(place),
    source: text(place?.source),
    at: text(place?.at),
    measured: fixOf(record(place?.measured)),
    reason: text(place?.reason),
  }
}

export function clockOf(view: RecordView): { started: string | null; ended: string | null; submitted: string | null; counted: number | null } {
  const clock = record(view.clock)
  const counted = clock?.monotonic_ms
  return { started: text(clock?.started_at), ended: text(clock?.ended_at), submitted: text(clock?.submitted_at), counted: typeof counted === 'number' ? counted : null }
}

export function subjectText(view: RecordView): string | null {
  const subject = record(view.subject)
  if (subject === null) return null
  return [word('subject', text(subject.kind)), text(subject.label)].filter((part) => part !== null && part !== '—').join(' · ') || null
}

/** Distance, duration and fares of a ride; money is in fen. */
export function rideFacts(view: RecordView): [string, string][] {
  const ride = record(view.ride)
  if (ride === null) return []
  const facts: [string, string | null][] = [
    ['ride.from', text(ride.from)],
    ['ride.to', text(ride.to)],
    ['ride.distance', number(ride.distance_m, (n) => t('unit.km', { n: (n / 1000).toFixed(1) }))],
    ['ride.duration', number(ride.duration_s, (n) => t('unit.minSec', { min: Math.floor(n / 60), sec: String(n % 60).padStart(2, '0') }))],
    ['ride.paid', number(ride.fare_paid, inYuan)],
    ['ride.expected', number(ride.fare_expected, inYuan)],
  ]
  return facts.flatMap(([key, value]) => (value === null ? [] : [[key, value] as [string, string]]))
}

/** What was paid for a ride and what it should have cost, in fen, as far as the record says. */
export function rideOf(view: RecordView): { paid: number | null; expected: number | null } {
  const ride = record(view.ride)
  const fen = (value: unknown) => (typeof value === 'number' ? value : null)
  return { paid: fen(ride?.fare_paid), expected: fen(ride?.fare_expected) }
}

function statusOf(view: RecordView): (id: string, value: unknown) => AnswerLine['status'] {
  const score = view.score
  return (id, value) => {
    if (score?.vetoes.includes(id)) return 'veto'
    if (score?.failed.includes(id)) return 'failed'
    if (score?.out_of_range.includes(id)) return 'odd'
    if (value === undefined || value === null) return 'missing'
    return value === 'na' ? 'na' : 'fine'
  }
}

/** Answers to items that the checklist does not hold are shown under their id. */
function unknownItems(view: RecordView): Item[] {
  const known = new Set(itemsOf(view).map((item) => item.id))
  return view.answers.filter((one) => !known.has(one.item)).map((one) => ({ id: one.item, text: one.item }))
}

function optionText(item: Item, value: unknown): string {
  return item.options?.find((one) => one.value === value)?.label ?? String(value)
}

/** A grade is read against its best mark, a number with its unit. */
function tail(item: Item): string {
  if (item.kind === 'grade' && item.max !== undefined) return `/${scaled(item.max, item.scale)}`
  return item.unit ? ` ${item.unit}` : ''
}

function scaled(value: number, scale = 0): string {
  return (value / 10 ** scale).toFixed(scale)
}

function inYuan(fen: number): string {
  return t('ride.yuan', { n: yuan(fen) })
}

function fixOf(found: Record<string, unknown> | null): Fix | null {
  if (found === null || typeof found.lat_e7 !== 'number' || typeof found.lon_e7 !== 'number') return null
  return { lat_e7: found.lat_e7, lon_e7: found.lon_e7, accuracy_m: typeof found.accuracy_m === 'number' ? found.accuracy_m : null }
}

function number(value: unknown, show: (n: number) => string): string | null {
  return typeof value === 'number' ? show(value) : null
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
}
