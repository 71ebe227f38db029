/** What sorts and classes a matter: its own scales, and the words of its campaign's rulebook. */
import { shallowRef, watch, type Ref } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { ProblemError } from '../../shared/api/problem'
import { toastProblem } from '../kit/action'

export type Words = Schema<'CaseWords'>
export type CaseClass = Schema<'NewCase'>['class']

export interface Matter {
  horizon: 'short' | 'long'
  key_item: boolean
  fast_track: boolean
  /** 1 is easiest, gravest; 3 the other end. */
  effort: number
  gravity: number
  topic: string
  channel: string
  fields: Record<string, string>
}

export const SCALE = [1, 2, 3] as const
export const CLASSES: readonly CaseClass[] = ['at_once', 'by_date', 'step_by_step']
export const NO_WORDS: Words = { topics: [], channels: [], sources: [], classes: [], levels: [], fields: [] }

/** Those that a rulebook lists, and `kept`; all where it lists none. */
export function listedOf<One extends string>(all: readonly One[], listed: readonly string[], kept: One | null = null): One[] {
  return all.filter((one) => listed.length === 0 || listed.includes(one) || one === kept)
}

export function newMatter(): Matter {
  return { horizon: 'short', key_item: false, fast_track: false, effort: 2, gravity: 2, topic: '', channel: '', fields: {} }
}

export function matterOf(found: Schema<'Case'>): Matter {
  return {
    horizon: found.horizon as Matter['horizon'], key_item: found.key_item ?? false, fast_track: found.fast_track ?? false,
    effort: found.effort ?? 2, gravity: found.gravity ?? 2, topic: found.topic ?? '', channel: found.channel ?? '', fields: { ...found.fields },
  }
}

/** Only what is filled in: an empty text says nothing. */
export function toldMatter(matter: Matter): Matter {
  const fields = Object.entries(matter.fields).flatMap(([code, text]) => (text.trim() ? [[code, text.trim()] as const] : []))
  return { ...matter, fields: Object.fromEntries(fields) }
}

/** The words of a campaign's rulebook in force; none where it has no rulebook. */
export function useWords(campaign: Ref<string>): Ref<Words> {
  const words = shallowRef<Words>(NO_WORDS)
  watch(campaign, async (id) => {
    words.value = NO_WORDS
    const read = id ? await wordsOf(id) : NO_WORDS
    if (campaign.value === id) words.value = read
  }, { immediate: true })
  return words
}

/** What the section `cases` of a rulebook lists, as a case's page is told it. */
interface Section extends Partial<Pick<Words, 'topics' | 'channels' | 'fields'>> {
  sources?: { source: string }[]
  classes?: { class: string; title: string }[]
  breakdown?: { level: string }[]
}

export function wordsIn({ topics = [], channels = [], fields = [], sources = [], classes = [], breakdown = [] }: Section): Words {
  return {
    topics, channels, fields,
    sources: sources.map((one) => one.source),
    classes: classes.map((one) => ({ code: one.class, title: one.title })),
    levels: breakdown.map((one) => one.level),
  }
}

async function wordsOf(campaign_id: string): Promise<Words> {
  try {
    const { content } = await unwrap(api.GET('/api/v1/campaigns/{campaign_id}/rulebook', { params: { path: { campaign_id } } }))
    return wordsIn((content.cases as Section | undefined) ?? {})
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    if (error.status !== 404) toastProblem(error)
    return NO_WORDS
  }
}
