/** Signed notes [C2SP signed-note] and log checkpoints [C2SP tlog-checkpoint], Ed25519. */

import { fromBase64, sha256Now, toHex, utf8, verifyEd25519, type Bytes } from '../../shared/crypto'
import { sameBytes } from '../basics'

/** The log's promise: `size` entries, and this root over them. */
export interface Checkpoint {
  origin: string
  size: number
  root: Bytes
}

export interface NoteVerifier {
  name: string
  id: Bytes
  key: Bytes
}

/** A note, checkpoint or key is refused; `reason` as the office's server names it. */
export class NoteError extends Error {
  constructor(readonly reason: string, options?: ErrorOptions) {
    super(reason, options)
  }
}

const ED25519 = 1
// White space as the office's server understands it, which is not quite what \s is here.
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
const EDGES = new RegExp(`^(?:${SPACE.source})+|(?:${SPACE.source})+$`, 'g')
const SIZE = /^(0|[1-9][0-9]{0,15})$/

/** Read a verifier key, `<name>+<hex id>+<base64(0x01 ‖ key)>`. Throws `NoteError` (`note-key`). */
export function parseVerifier(text: string): NoteVerifier {
  const [, name, id, encoded] = /^([^+]*)\+([^+]*)\+([^]*)$/.exec(text.replace(EDGES, '')) ?? []
  if (name === undefined || encoded === undefined || name === '' || SPACE.test(name)) throw new NoteError('note-key')
  const data = base64(encoded, 'note-key')
  if (data[0] !== ED25519 || data.length !== 33) throw new NoteError('note-key')
  const keyId = sha256Now(utf8(`${name}\n`), data).slice(0, 4)
  if (toHex(keyId) !== id) throw new NoteError('note-key')
  return { name, id: keyId, key: data.slice(1) }
}

/** Open a signed checkpoint of this log. Throws `NoteError`. */
export async function verifyCheckpoint(note: string, verifier: NoteVerifier): Promise<Checkpoint> {
  const checkpoint = parseCheckpoint(await openNote(note, verifier))
  if (checkpoint.origin !== verifier.name) throw new NoteError('checkpoint-origin')
  return checkpoint
}

/** The text of a note that `verifier` signed; well-formed signatures by others may follow. */
async function openNote(note: string, verifier: NoteVerifier): Promise<string> {
  const cut = note.lastIndexOf('\n\n')
  const signatures = note.slice(cut + 2)
  if (cut < 0 || !signatures.endsWith('\n')) throw new NoteError('note-form')
  const text = note.slice(0, cut + 1)
  // Every line is looked at: what stands after the signature must be one as well.
  const signed = await Promise.all(signatures.slice(0, -1).split('\n').map((line) => isSignedBy(line, text, verifier)))
  if (!signed.includes(true)) throw new NoteError('note-signature')
  return text
}

async function isSignedBy(line: string, text: string, verifier: NoteVerifier): Promise<boolean> {
  const [dash, name, encoded, ...more] = line.split(' ')
  if (dash !== '—' || encoded === undefined || more.length > 0) throw new NoteError('note-form')
  const blob = base64(encoded, 'note-form')
  if (name !== verifier.name || !sameBytes(blob.slice(0, 4), verifier.id)) return false
  if (blob.length !== 68 || !(await verifyEd25519(verifier.key, utf8(text), blob.slice(4)))) throw new NoteError('note-signature')
  return true
}

/** Origin, size and root; lines after the third are extensions and are ignored. */
function parseCheckpoint(text: string): Checkpoint {
  const lines = text.split('\n')
  const [origin, size, encoded] = lines
  if (lines.length < 4 || lines.at(-1) !== '' || !origin || !SIZE.test(size!)) throw new NoteError('checkpoint-form')
  const root = base64(encoded!, 'checkpoint-form')
  if (root.length !== 32 || !Number.isSafeInteger(Number(size))) throw new NoteError('checkpoint-form')
  return { origin, size: Number(size), root }
}

function base64(text: string, reason: string): Bytes {
  try {
    return fromBase64(text)
  } catch (error) {
    throw new NoteError(reason, { cause: error })
  }
}
