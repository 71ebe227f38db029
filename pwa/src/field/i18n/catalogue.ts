import type zh from './zh-CN'

export type MessageKey = keyof typeof zh
/** A complete catalogue: the compiler refuses one that lacks a key of the Chinese one or has another. */
export type Catalogue = Record<MessageKey, string>
