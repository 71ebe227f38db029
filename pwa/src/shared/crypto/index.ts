/** The one door to cryptography: everything outside this folder imports from here. */

export { fromBase64Url, randomBytes, toBase64, toBase64Url, toHex, utf8, type Bytes } from './bytes'
export { sha256, sha256Hex } from './hash'
export { comparisonNumber, importPublic, publicJwk, thumbprint, type PublicJwk } from './jwk'
export { parseJws, signJws, verifyJws, type ParsedJws } from './jws'
export { issueSdJwt, makeDisclosure, digestOf, verifySdJwt } from './sdjwt'
export { openBytes, openJson, sealBytes, sealJson, type Box } from './box'
export {
  emptyLock, newDerivation, newPassingKey, newSigningKey, newStoreKey, rewrapKey, unwrapSigningKey, unwrapStoreKey,
  type Derivation, type WrappedKey,
} from './vault'
export { deriveInWorker } from './derive'
