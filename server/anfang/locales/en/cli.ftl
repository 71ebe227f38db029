serving = Anfang serves { $origin } (console: { $origin }/console)
installation-in-use = This folder holds an installation of its own; choose an empty one with ANFANG_DATA=…
folder-not-writable = { $folder } cannot be written; choose another folder with ANFANG_DATA=…
demo-records = records
demo-step = demonstration: { $step }
demo-sign-ins = Sign-ins ({ $origin }/console)
demo-link = Enrolment link for a phone (ten minutes, once)
demo-first =
    What to do first
      1. Sign in as reviewer1 and judge the records that wait
      2. Open the enrolment link on a phone or in a browser, set a PIN, file a visit
      3. Sign in as lead: complaints, surveys and sealed appraisals under “The public”, and the scores
      4. Without signing in: notices { $origin }/p/ , complaints { $origin }/p/complaints , rankings { $origin }/p/rankings/
custody-not-established = The ceremony has not been held: persons and certificates are sealed, but the key still lies in a file of the server. Two custodians hold it on the console's custody page or with anfang custody establish.
custody-taken-over = Two custodians now hold the key together; each must remember the passphrase, a lost one cannot be restored.
custody-handed-over = The key is split anew between two custodians; the passphrase of one who left opens nothing any more.
custody-ask-password = Account password of { $who }
custody-ask-passphrase = Custody passphrase of { $who } (new)
custody-ask-present = Custody passphrase of { $who } (present)
retention-due = Files whose time has run out: { $count } (nothing was changed; --delete deletes them)
retention-deleted = Files deleted: { $count }, with certificates in the log
factors-reset = The second factors of { $who } are removed; new ones are set up at the next sign-in.
