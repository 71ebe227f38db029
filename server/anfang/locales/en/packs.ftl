pack-not-a-pack = This is not an evidence pack: { $detail }
pack-zip-damaged = The archive is damaged: { $detail }
pack-zip-altered = The archive's framing is not as it was written: { $detail }
pack-path-unsafe = The file's name points outside the pack or is not safe on every system
pack-path-duplicate = The file stands twice under the same name
pack-entry-encrypted = The file is encrypted and cannot be checked
pack-entry-special = This is a link or a special file, which a pack never holds
pack-too-large = The file unpacks to more than a pack may hold and was not read
pack-file-unlisted = No manifest lists this file
pack-file-missing = A manifest lists this file, but the pack does not hold it
pack-file-unexpected = A pack of this kind does not hold such a file
pack-bag-malformed = A manifest or description of the bag is malformed: { $detail }
pack-id-mismatch = The pack's id is not that of its contents
pack-hash-mismatch = The file's bytes are not those of the manifest's hash: it was changed
pack-signature-invalid = The office's signature does not hold
pack-signer-missing = The pack does not hold the office key that it names as its signer
pack-key-mismatch = The key is not the one whose thumbprint is its name
pack-signer-other = The signer is neither the given office key nor introduced by it
pack-introduction-invalid = The introduction of an office key does not hold: { $detail }
pack-document-invalid = The document is not of its published form: { $detail }
pack-record-invalid = The record's signature or a disclosure does not hold: { $detail }
pack-record-mismatch = The record is not what the pack's index says: { $detail }
pack-disclosure-not-allowed = A pack of this kind must not disclose: { $detail }
pack-certificate-invalid = The record key's certificate does not hold: { $detail }
pack-receipt-invalid = The receipt's signature does not hold: { $detail }
pack-receipt-mismatch = The receipt is for another record or other pictures: { $detail }
pack-media-missing = A picture that the record declares is neither here nor accounted for: { $detail }
pack-media-foreign = This picture belongs to no record of the pack
pack-checkpoint-invalid = The log's checkpoint does not hold: { $detail }
pack-log-proof-invalid = A proof of inclusion in the log does not hold: { $detail }
pack-log-entry-missing = The log entry for this is missing: { $detail }
pack-stamp-invalid = The time stamp does not hold: { $detail }
pack-picture-invalid = The picture is not the plain PNG that it must be: { $detail }
pack-redaction-invalid = The redaction proof does not hold: { $detail }
pack-directory-empty = An empty folder is no part of a pack
pack-key-unused = Nothing in the pack uses this key
pack-log-key-other = The log key is not this office's own: the pack is of another log
pack-disclosure-missing = A pack of this profile must disclose this, but does not: { $detail }
pack-review-missing = A protected pack holds accepted records only; this one has no such decision
pack-review-mismatch = The decision shown is not the one that was logged: { $detail }
pack-case-mismatch = The case is not the one that the pack's index names: { $detail }
pack-log-entry-unexpected = The log entry belongs to nothing in the pack: { $detail }
pack-source-changed = A stored file no longer has its hash, so no pack was made: { $path }
pack-ledger-title = Ledger
pack-ledger-day = Day
pack-ledger-unit = Unit
pack-ledger-site = Site
pack-ledger-subject = Subject
pack-ledger-checklist = Checklist
pack-ledger-outcome = Outcome
pack-ledger-failed = Not met
pack-ledger-pictures = Pictures
pack-ledger-review = Review
pack-ledger-record = Record
pack-outcome-done = done
pack-outcome-not_possible = not possible
pack-outcome-withdrawn = withdrawn
pack-review-accepted = confirmed
pack-review-returned = returned
pack-review-rejected = rejected
pack-answer-yes = met
pack-answer-no = not met
pack-answer-na = not applicable
pack-notice-corrected = corrected
pack-notice-withdrawn = withdrawn
pack-page-title = Evidence pack
pack-page-profile-full = Full pack with original pictures, for discipline inspection or a court; do not pass on.
pack-page-profile-protected = Protected pack: only what may be shown; what must not be seen is blacked out.
pack-page-seen = What was seen ({ $count })
pack-page-submitted = Submitted
pack-page-place = Position
pack-page-note = Note
pack-page-item = Item
pack-page-answer = Answer
pack-page-picture = Picture
pack-page-picture-file = Picture file (browsers cannot show it)
pack-page-provable = With proof: nothing but the black tiles was changed.
pack-page-unprovable = Without a proof of what was changed.
pack-page-absent = { $count } pictures are not in the pack.
pack-page-contents = Contents
pack-page-summary = Visits: { $visits }. Requirements not met: { $failed }. Pictures: { $pictures }.
pack-page-cleared = reviewed, nothing to hide
pack-page-answered = What was answered
pack-page-unanswered = No answer yet.
pack-page-check-key = First look at who signed: this is the thumbprint of the office key. It must be the one printed on the notices and published by the office elsewhere.
pack-page-cases = What was demanded and answered
pack-page-state = State
pack-page-due = Due
pack-page-notices = Notices
pack-page-check = How to check
pack-page-check-page = Without installing anything: this page checks the whole ZIP in a browser, also saved to a disk and without network; it sends nothing.
pack-page-check-text = Unpack, then run these in the folder above this one; each must report success. The signing key's thumbprint must be the one printed on the notices.
pack-page-proves = A successful check shows: this was signed by keys that the office had certified, and nothing was changed, added or dropped since it was received. It does not prove that a lens saw the scene.
pack-verify-text =
    # How to check evidence pack { $pack }

    Issued by: { $origin }

    Office key thumbprint: { $key }. Compare it with the one printed on the notices.

    Unpack, then run in the folder { $pack }:

        sha256sum -c manifest-sha256.txt
        sha256sum -c tagmanifest-sha256.txt
        openssl dgst -sha256 -verify keys/{ $key }.pem -signature tagmanifest-sha256.sig tagmanifest-sha256.txt

    The first two check every file, the third the office's signature over the lists.

    A page checks the whole ZIP in a browser: { $origin }/verify-pack.html (one file, works from a disk without network, sends nothing).

    To check records, receipts, log, time stamps and redaction proofs as well, use anfang (no network needed):

        anfang verify { $pack }.zip --office-key { $key }

    Exit codes: 0 sound and the signer is known; 1 unsound (which file, why); 2 not a pack; 3 consistent, signer unknown.

    Programs read data/pack.json; its JSON Schema, which explains every hash and id in it, is published at { $schema }.

    Time stamps can also be checked with openssl; CA.pem is the stamping authority's root certificate:

        openssl ts -verify -data data/log/checkpoint -in data/log/01.tsr -CAfile CA.pem
pack-office = Office of undercover inspections
pack-case-open = open
pack-case-answered = defence stated
pack-case-rectified = rectified
pack-case-closed = closed
pack-step-defence = Defence
pack-step-rectification = Rectification
pack-step-reminder = Reminder
pack-step-insufficient = Rectification sent back
pack-step-reply = The office's reply
pack-source-unsound = A stored record no longer verifies ({ $reason }), so no pack was made
pack-expired = The time to keep this file has run out and it was deleted; ask for the pack again.
pack-not-ready = The pack has no file: it is still being built, or building failed.
not-reviewed = A protected pack holds accepted records only; { $count } of these are not.
pack-office-key-malformed = neither a PEM file of an office key nor its thumbprint (43 characters)
pack-verifying = Verifying
pack-verdict-sound = Sound, and its signer is known; records: { $records }.
pack-verdict-signer-unknown = Consistent, but its signer is unknown (name a trusted key by --office-key); records: { $records }.
pack-verdict-unsound = Unsound; faults found: { $count }
pack-verdict-not-a-pack = Not an evidence pack:
pack-building = Building
