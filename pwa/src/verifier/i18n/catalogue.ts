import type zhCN from './zh-CN'

export type MessageKey = keyof typeof zhCN
/** A complete catalogue: the compiler refuses one that lacks a key of the Chinese one or has another. */
export type Catalogue = Record<MessageKey, string>
