export { close, commit, destroy, StorageFull, type Change } from './database'
export { docChange, docRemoval, listDocs, readBox, readDoc, readSound, surveyDocs } from './documents'
export { hasMedia, listMedia, mediaChange, mediaRemoval, readMedia } from './media'
export {
  deleteNotebook, listNotes, readCover, removeNote, saveNote, writeCover, type Cover, type Folder, type Note, type SpentLock,
} from './notebook'
export { countSealed, databaseName, listKeys, readKey, readPlain, writePlain, type SealedCounts } from './plain'
export { PLACES, type BundleDoc, type ChainDoc, type DeviceDoc, type SettingsDoc, type TicketDoc } from './places'
export type { PlainValues, Protection } from './schema'
