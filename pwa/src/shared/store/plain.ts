/** The few values that stand in clear (see schema.ts). */

import { commit, withDatabase } from './database'
import { DATABASE, type PlainValues } from './schema'

export async function readPlain<Name extends keyof PlainValues>(name: Name): Promise<PlainValues[Name] | undefined> {
  return withDatabase(async (db) => (await db.get('plain', name)) as PlainValues[Name] | undefined)
}

export async function writePlain<Name extends keyof PlainValues>(name: Name, value: PlainValues[Name]): Promise<void> {
  await commit([{ store: 'plain', key: name, value }])
}

/** Every wrapped key's place, for example to see whether a vault exists. */
export async function readKey(place: string) {
  return withDatabase((db) => db.get('keys', place))
}

/** The database's name, for those who delete it. */
export const databaseName = DATABASE
