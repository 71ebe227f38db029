/**
 * What the office sends for a day (PROTOCOL §3, `GET /field/bundle`).
 * Members without meaning for an item are left out; unknown members are ignored.
 */

import type { Tariff } from './fare'

export type ItemKind = 'yes_no' | 'grade' | 'number' | 'text' | 'choice' | 'choices'
export type PhotoRule = 'never' | 'on_fail' | 'always'

export interface ItemOption {
  value: string
  label: string
  label_en?: string
}

export interface ChecklistItem {
  id: string
  text: string
  /** English wording, where the office gave one (beyond the protocol's members). */
  text_en?: string
  kind: ItemKind
  min?: number
  max?: number
  /** Decimal places of a number: its answer is the integer ×10^scale. */
  scale?: number
  unit?: string
  options?: ItemOption[]
  points?: number
  veto?: boolean
  photo?: PhotoRule
}

export interface Checklist {
  id: string
  code: string
  version: number
  title: string
  items: ChecklistItem[]
}

export interface Site {
  id: string
  unit: string | null
  name: string
  lat_e7?: number | null
  lon_e7?: number | null
  radius_m?: number | null
  capture?: 'allowed' | 'forbidden'
}

export interface ItemRemark {
  /** Null or absent: the remark is about the record as a whole. */
  item: string | null
  text: string
}

export interface Returned {
  record: string
  record_sha256: string
  remarks: ItemRemark[]
}

export interface Assignment {
  id: string
  campaign: string
  checklist: string
  site: string | null
  unit: string | null
  from: string | null
  to: string | null
  returned: Returned | null
}

export interface Named {
  id: string
  name: string
}

/** Beyond the protocol's members: whether phones may measure rides, and what rides cost. */
export interface Campaign extends Named {
  rides?: { tariffs: Tariff[] } | null
}

/** Another inspector's record that the holder of this phone may confirm as the second one present. */
export interface WitnessRequest {
  record: string
  record_sha256: string
  /** What the office says of it: place and day. */
  summary: string
}

export interface Bundle {
  /** The oldest version of this app that may begin a visit (beyond the protocol's members). */
  app?: { oldest: string }
  campaigns: Campaign[]
  assignments: Assignment[]
  to_witness: WitnessRequest[]
  checklists: Checklist[]
  sites: Site[]
  units: Named[]
}

const LISTS = ['campaigns', 'assignments', 'checklists', 'sites', 'units'] as const

/**
 * Read an answer of the office as a bundle.
 *
 * Only what the app cannot work without is demanded: the five lists, every entry with a
 * string id, every checklist with its items. Returns null when this is not a bundle, for
 * example a portal's login page served with status 200.
 */
export function readBundle(value: unknown): Bundle | null {
  if (typeof value !== 'object' || value === null) return null
  const source = value as Record<string, unknown>
  for (const name of LISTS) {
    const list = source[name]
    if (!Array.isArray(list) || !list.every(hasId)) return null
  }
  const bundle = { ...(value as Bundle), to_witness: witnessRequests(source.to_witness) }
  return bundle.checklists.every((one) => Array.isArray(one.items) && one.items.every(hasId)) ? bundle : null
}

/** Entries that are none are left out: a witness can be asked again, a day's visits cannot wait for it. */
function witnessRequests(value: unknown): WitnessRequest[] {
  const names = ['record', 'record_sha256', 'summary'] as const
  return Array.isArray(value)
    ? value.filter((one: unknown) => names.every((name) => typeof Object(one)[name] === 'string')) as WitnessRequest[]
    : []
}

function hasId(entry: unknown): boolean {
  return typeof entry === 'object' && entry !== null && typeof (entry as { id?: unknown }).id === 'string'
}

/** The entry of a list with this id, or undefined. */
export function byId<T extends { id: string }>(list: readonly T[], id: string | null | undefined): T | undefined {
  return id ? list.find((entry) => entry.id === id) : undefined
}
