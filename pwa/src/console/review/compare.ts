/** Two versions of a record beside each other: what an inspector changed after a return. Pure. */
import { t } from '../i18n'
import { answerText, generalRemarks, itemsOf, itemText, placeOf, rideFacts, subjectText, type Item, type Medium, type RecordView } from './content'

/** Stands for pictures that belong to no item. */
const LOOSE = ''

/** What one version says about an item. */
export interface Side {
  answer: string
  remarks: string[]
  media: Medium[]
}

export interface ComparedItem {
  item: Item
  before: Side
  after: Side
  changed: boolean
  /** Pictures by hash: taken away since the earlier version, new in the later one. */
  gone: ReadonlySet<string>
  added: ReadonlySet<string>
}

export interface ComparedFact {
  /** Key of the catalogue. */
  label: string
  before: string
  after: string
}

/** Every item of either version, in the order of the later one's checklist. */
export function comparedItems(before: RecordView, after: RecordView): ComparedItem[] {
  const items = new Map([...itemsOf(after), ...itemsOf(before)].map((item) => [item.id, item]))
  for (const { item } of [...after.answers, ...before.answers]) if (!items.has(item)) items.set(item, { id: item, text: item })
  if ([...before.media, ...after.media].some((one) => one.items.length === 0)) items.set(LOOSE, { id: LOOSE, text: t('compare.loose') })
  return [...items.values()].map((item) => compared(item, sideOf(before, item), sideOf(after, item)))
}

/** Facts about the visit that differ; what is the same in both is not told. */
export function changedFacts(before: RecordView, after: RecordView): ComparedFact[] {
  const [were, are] = [factsOf(before), factsOf(after)]
  const labels = new Set([...were.keys(), ...are.keys()])
  return [...labels]
    .map((label) => ({ label, before: were.get(label) ?? '—', after: are.get(label) ?? '—' }))
    .filter((fact) => fact.before !== fact.after)
}

/** The version right before the one that is shown; none for the first. */
export function earlierThan(view: RecordView): string | undefined {
  const ordered = [...view.versions].sort((a, b) => a.number - b.number)
  const at = ordered.findIndex((one) => one.record_sha256 === view.record_sha256)
  return at > 0 ? ordered[at - 1]?.record_sha256 : undefined
}

/** The text of an item in the reader's language. */
export const textOf = itemText

function compared(item: Item, before: Side, after: Side): ComparedItem {
  const [were, are] = [before.media.map((one) => one.sha256), after.media.map((one) => one.sha256)]
  const gone = new Set(were.filter((one) => !are.includes(one)))
  const added = new Set(are.filter((one) => !were.includes(one)))
  const changed = before.answer !== after.answer || before.remarks.join('\n') !== after.remarks.join('\n') || gone.size + added.size > 0
  return { item, before, after, changed, gone, added }
}

function sideOf(view: RecordView, item: Item): Side {
  const own = itemsOf(view).find((one) => one.id === item.id) ?? item
  return {
    answer: item.id === LOOSE ? '' : answerText(own, view.answers.find((one) => one.item === item.id)?.value),
    remarks: view.remarks.filter((one) => one.item === item.id && one.text).map((one) => String(one.text)),
    media: view.media.filter((one) => (item.id === LOOSE ? one.items.length === 0 : one.items.includes(item.id))),
  }
}

function factsOf(view: RecordView): Map<string, string> {
  const place = placeOf(view)
  const facts: [string, string | null][] = [
    ['compare.outcome', view.outcome],
    ['compare.score', view.score ? `${view.score.points}/${view.score.out_of}` : null],
    ['compare.subject', subjectText(view)],
    ['compare.position', place.fix && `${degrees(place.fix.lat_e7)}, ${degrees(place.fix.lon_e7)}`],
    ['compare.remarks', generalRemarks(view).join('\n')],
    ...rideFacts(view),
  ]
  return new Map(facts.flatMap(([label, value]) => (value ? [[label, value] as [string, string]] : [])))
}

function degrees(e7: number): string {
  return (e7 / 1e7).toFixed(5)
}
