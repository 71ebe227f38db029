/**
 * What was read last, by address: a change is sent with the tag of what its author saw, so two people never
 * overwrite each other unseen.
 */

const tags = new Map<string, string>()

/** Keep the tag of an answer. */
export function keepTag(path: string, tag: string | null): void {
  if (tag !== null) tags.set(path, tag)
}

/** The tag for `If-Match`, if this address was read. */
export function tagOf(path: string): string | undefined {
  return tags.get(path)
}

/** A verb below an object (`…/{id}/publish`) changes the object: what was read of it is no longer its state. */
export function forgetTagsAbove(path: string): void {
  for (const known of [...tags.keys()]) {
    if (path === known || path.startsWith(`${known}/`)) tags.delete(known)
  }
}

/** Another person signs in: nothing of what the last one read counts. */
export function forgetTags(): void {
  tags.clear()
}
