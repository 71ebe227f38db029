/** The one door to cryptography: everything outside this folder imports from here. */

export { isUnclonable } from './unclonable'
export { fromBase64, fromBase64Url, fromHex, fromUtf8, randomBytes, toBase64, toBase64Url, toHex, utf8, type Bytes } from './bytes'
export { publicFromPem, verifyDer } from './der'
export { newDigest, sha256Now, type Digest } from './digest'
export { verifyEd25519 } from './ed25519'
export { sha256, sha256Hex } from './hash'
export { canonical } from './jcs'
export { comparisonNumber, importPublic, publicJwk, thumbprint, type PublicJwk } from './jwk'
export { parseJws, signJws, verifyJws, type ParsedJws } from './jws'
export { parseStrict } from './strictJson'
export { issueSdJwt, makeDisclosure, digestOf, verifySdJwt } from './sdjwt'
export { openBytes, openJson, sealBytes, sealJson, type Box } from './box'
export {
  emptyLock, newDerivation, newPassingKey, newSigningKey, newStoreKey, rewrapKey, unwrapSigningKey, unwrapStoreKey,
  type Derivation, type WrappedKey,
} from './vault'
export { deriveInWorker, prepareDerivation } from './derive'
