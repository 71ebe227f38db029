/** Drafts at rest: every change is durable before the next screen. */

import type { Draft, MediaRef } from '../../domain/draft'
import { commit, docChange, docRemoval, mediaRemoval, PLACES, readDoc } from '../store'

export async function readDraft(storeKey: CryptoKey, id: string): Promise<Draft | null> {
  return readDoc<Draft>(storeKey, PLACES.draft(id))
}

export async function saveDraft(storeKey: CryptoKey, draft: Draft): Promise<void> {
  await commit([await docChange(storeKey, PLACES.draft(draft.id), draft)])
}

/** Take a photo out of a draft; its bytes go unless another version in the outbox still needs them. */
export async function saveDraftWithoutPhoto(storeKey: CryptoKey, draft: Draft, photo: MediaRef, shared: boolean): Promise<void> {
  await commit([
    await docChange(storeKey, PLACES.draft(draft.id), draft),
    ...(shared ? [] : [mediaRemoval('originals', photo.id), mediaRemoval('thumbs', photo.id)]),
  ])
}

/** Throw a draft away with the photos that belong to nothing else. */
export async function discardDraft(draft: Draft, keep: ReadonlySet<string>): Promise<void> {
  const own = draft.media.filter((photo) => !keep.has(photo.id))
  await commit([
    docRemoval(PLACES.draft(draft.id)),
    ...own.flatMap((photo) => [mediaRemoval('originals', photo.id), mediaRemoval('thumbs', photo.id)]),
  ])
}
