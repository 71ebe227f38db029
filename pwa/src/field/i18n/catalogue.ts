import type zh from './zh-CN'
import type more from './zh-CN.more'

export type MessageKey = keyof typeof zh | keyof typeof more
/** Complete catalogues: the compiler refuses one that lacks a key of the Chinese one or has another. */
export type Catalogue = Record<keyof typeof zh, string>
export type MoreCatalogue = Record<keyof typeof more, string>
