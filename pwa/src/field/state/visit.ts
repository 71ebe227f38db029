/** The visit on the screen: its draft, saved after every change, its photos and its end. */

import { computed, reactive, shallowRef, toRaw, watch } from 'vue'
import type { AnswerValue } from '../../domain/answers'
import { byId, type Bundle, type Campaign, type Checklist, type Site } from '../../domain/bundle'
import { MAX_MEDIA, type Draft, type MediaRef } from '../../domain/draft'
import { fixOf, freshFix } from '../../domain/geotag'
import { previewScore } from '../../domain/scoring'
import { discardDraft, readDraft, saveDraft, saveDraftWithoutPhoto } from '../../shared/capture/drafts'
import { keepPhoto, makePhoto } from '../../shared/capture/photo'
import type { PhotoRequest } from '../../shared/capture/photoMessages'
import { wakeSync } from '../../shared/sync/client'
import { createAutosave } from './autosave'
import { here } from './locate'
import { entries, reloadDrafts, reloadEntries } from './lists'
import { beforeLock, requireVault } from './session'
import { DRAFT_LOCK } from './update'

/** The office takes no larger file (PROTOCOL §5). */
export const MAX_BYTES = 64 * 1024 * 1024

/** A worker that hangs must not keep the keys in memory. */
const LONGEST_SHOT_MS = 5_000

export class PhotoLimit extends Error {}
export class PhotoTooLarge extends Error {}

export type Visit = Awaited<ReturnType<typeof openVisit>> & object

/**
 * Open a draft for writing. Null when there is no such draft; 'elsewhere' when another window holds it.
 */
export async function openVisit(id: string, bundle: Bundle) {
  const release = await holdDraft(id)
  if (!release) return 'elsewhere' as const
  const stored = await readDraft(requireVault().storeKey, id)
  const checklist = byId<Checklist>(bundle.checklists, stored?.checklist)
  if (!stored || !checklist) {
    release()
    return null
  }
  const draft = reactive(stored)
  const site = byId<Site>(bundle.sites, draft.site)
  const campaign = byId<Campaign>(bundle.campaigns, draft.campaign)
  const opened = { monotonic: performance.now() - draft.monotonic_ms }
  const snapshot = () => ({ ...toPlain(draft), monotonic_ms: performance.now() - opened.monotonic })
  const autosave = createAutosave(async () => saveDraft(requireVault().storeKey, snapshot()))
  // Synchronous, so that closing right after a keystroke cannot overtake it.
  let stop = watch(draft, autosave.touch, { flush: 'sync' })

  function setAnswer(item: string, value: AnswerValue | undefined): void {
    if (value === undefined) delete draft.answers[item]
    else draft.answers[item] = value
    stamp()
  }
  function stamp(): void {
    draft.ended_at = new Date().toISOString()
  }

  /** [Note: Photo path] 1 · shutter: durable before the next screen, or told that it is not. */
  async function addPhoto(request: PhotoRequest, item: string | null): Promise<MediaRef> {
    if (draft.media.length >= MAX_MEDIA) throw new PhotoLimit()
    if (request.kind === 'file' && request.file.size > MAX_BYTES) throw new PhotoTooLarge()
    const taken = new Date()
    const captured_at = taken.toISOString()
    // A position of some minutes ago is not where this photo was taken.
    const fix = freshFix(here.value, taken.getTime()) ?? freshFix(fixOf(draft.place), taken.getTime())
    const id = crypto.randomUUID()
    const photo = await makePhoto(requireVault().storeKey, id, request)
    const media: MediaRef = {
      ...photo, id, item, captured_at,
      lat_e7: fix?.lat_e7 ?? null, lon_e7: fix?.lon_e7 ?? null, accuracy_m: fix?.accuracy_m ?? null,
      source: request.kind === 'frame' ? 'camera' : 'file',
    }
    await autosave.run(async () => {
      const next = snapshot()
      next.media.push(media)
      await keepPhoto(requireVault().storeKey, next, id)
      // Within this turn: the next write must already see it, and nothing shows it before it is kept.
      draft.media.push(media)
      stamp()
    })
    return media
  }

  /** Shots whose bytes are still being made: locking waits for them, they were taken before it. */
  const shots = new Set<Promise<void>>()
  function keepShot(request: PhotoRequest, item: string | null): Promise<MediaRef> {
    const shot = addPhoto(request, item)
    // The caller shows why it failed; whoever waits only wants to know that it is over.
    const ended = shot.then(() => undefined, () => undefined)
    shots.add(ended)
    void ended.then(() => shots.delete(ended))
    return shot
  }

  async function removePhoto(photo: MediaRef): Promise<void> {
    const sealed = entries.value.some((entry) => entry.media.some((one) => one.id === photo.id))
    draft.media.splice(draft.media.findIndex((one) => one.id === photo.id), 1)
    stamp()
    await autosave.run(async () => saveDraftWithoutPhoto(requireVault().storeKey, snapshot(), photo, sealed))
  }

  async function submit(title: string): Promise<void> {
    await autosave.settled()
    stop()
    try {
      // Signing is not needed before the first answer: its code comes after the first screen.
      const { sealDraft } = await import('../../shared/capture/seal')
      await sealDraft(requireVault(), { ...snapshot(), track: null }, title)
    } catch (error) {
      stop = watch(draft, autosave.touch, { flush: 'sync' })
      throw error
    }
    await finish()
    wakeSync()
  }

  async function discard(): Promise<void> {
    await autosave.settled()
    stop()
    const kept = new Set(entries.value.flatMap((entry) => entry.media.map((one) => one.id)))
    await discardDraft(snapshot(), kept)
    await finish()
  }

  async function finish(): Promise<void> {
    await Promise.all([reloadDrafts(), reloadEntries()])
    release!()
  }

  async function close(): Promise<void> {
    stop()
    await Promise.race([Promise.all(shots), new Promise((resolve) => setTimeout(resolve, LONGEST_SHOT_MS))])
    await autosave.settled()
    release!()
    await reloadDrafts()
  }

  return {
    draft, checklist, site,
    /** What rides cost, where the campaign lets phones measure them; null where it does not. */
    tariffs: campaign?.rides?.tariffs ?? null,
    forbidden: site?.capture === 'forbidden',
    score: computed(() => previewScore(checklist, draft.answers)),
    saving: autosave.state, fault: autosave.fault, settled: autosave.settled,
    setAnswer, addPhoto: keepShot, removePhoto, submit, discard, close,
  }
}

/** The visit on the screen now, so that locking can finish its writing. */
export const current = shallowRef<Visit | null>(null)
beforeLock(async () => {
  await current.value?.close()
  current.value = null
})

/** One window writes a draft at a time. Returns the release, or null when another window has it. */
async function holdDraft(id: string): Promise<(() => void) | null> {
  return new Promise((resolve) => {
    void navigator.locks.request(`${DRAFT_LOCK}${id}`, { ifAvailable: true }, (granted) => {
      if (!granted) {
        resolve(null)
        return undefined
      }
      return new Promise<void>((release) => resolve(() => release()))
    })
  })
}

function toPlain(draft: Draft): Draft {
  // structuredClone refuses Vue's proxies; a draft is JSON by construction.
  return JSON.parse(JSON.stringify(toRaw(draft))) as Draft
}
