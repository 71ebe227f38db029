/** A list that the server gives page by page (cursor pagination). */
import { ref, shallowRef } from 'vue'
import { useAction, useNewest } from './action'

export interface Page<Item> {
  items: Item[]
  next: string | null
}

export function usePaged<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>) {
  const items = shallowRef<Item[]>([])
  const next = ref<string | null>(null)
  const loaded = ref(false)
  const action = useAction({ toast: true })
  const begin = useNewest()

  /** Read from the start. */
  async function load(): Promise<void> {
    const isNewest = begin()
    action.busy.value = false
    await action.run(async () => {
      const page = await read(undefined)
      if (!isNewest()) return
      items.value = page.items
      next.value = page.next
      loaded.value = true
    })
  }

  async function more(): Promise<void> {
    const cursor = next.value
    if (cursor === null) return
    await action.run(async () => {
      const page = await read(cursor)
      items.value = [...items.value, ...page.items]
      next.value = page.next
    })
  }

  return { items, next, loaded, busy: action.busy, load, more }
}

/** Every item of a list that is known to be small (units, campaigns for a choice). */
export async function everything<Item>(read: (cursor: string | undefined) => Promise<Page<Item>>): Promise<Item[]> {
  const found: Item[] = []
  let cursor: string | undefined
  do {
    const page = await read(cursor)
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}
