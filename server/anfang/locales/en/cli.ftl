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
      3. Read the published notice: { $origin }/p/
