import cases from './cases'
import custody from './custody'
import draws from './draws'
import frame from './frame'
import imports from './imports'
import notices from './notices'
import packs from './packs'
import redaction from './redaction'
import review from './review'
import setup from './setup'
import words from './words'

export default { ...frame, ...words, ...setup, ...draws, ...imports, ...review, ...redaction, ...cases, ...custody, ...notices, ...packs }
