/** The tree of units, read once for every choice and list that names a unit. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { api, unwrap, type Schema } from '../../shared/api/client'
import { everything } from './paged'

export type Unit = Schema<'Unit'>

export interface UnitNode extends Unit {
  children: UnitNode[]
}

/** Build the tree; a unit whose parent is not visible to the reader stands at the top. */
export function treeOf(units: readonly Unit[]): UnitNode[] {
  const nodes = new Map(units.map((unit) => [unit.id, { ...unit, children: [] as UnitNode[] }]))
  const top: UnitNode[] = []
  for (const node of nodes.values()) {
    const parent = node.parent_id === null ? undefined : nodes.get(node.parent_id)
    ;(parent?.children ?? top).push(node)
  }
  return top
}

/** Ids of a unit and everything below it: where it cannot be moved to. */
export function subtreeOf(node: UnitNode): string[] {
  return [node.id, ...node.children.flatMap(subtreeOf)]
}

export const useUnits = defineStore('units', () => {
  const list = shallowRef<Unit[]>([])
  const tree = computed(() => treeOf(list.value))
  const names = computed(() => new Map(list.value.map((unit) => [unit.id, unit.name])))
  let reading: Promise<void> | null = null

  async function read(): Promise<void> {
    list.value = await everything((cursor) => unwrap(api.GET('/api/v1/units', { params: { query: { limit: 200, cursor } } })))
  }

  /** Read unless it was read before. */
  function load(again = false): Promise<void> {
    if (reading === null || again) {
      reading = read().catch((error: unknown) => {
        reading = null
        throw error
      })
    }
    return reading
  }

  return { list, tree, names, load }
})
