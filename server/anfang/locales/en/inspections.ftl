record-malformed = The record is not in the agreed form; nothing was stored.
disclosures-incomplete = The record's disclosures are not complete, each exactly once and its own; nothing was stored.
record-too-large = The record is larger than { $largest } bytes; nothing was stored.
too-many-media = The record declares more than { $largest } pictures; nothing was stored.
certificate-invalid = Record, certificate and chain link are not rightly signed by this device and for one another; nothing was stored.
record-exists = A record with this id and other content has been received already.
supersedes-not-newest = The new version does not follow the newest version that was received.
statement-malformed = The witness statement is not in the agreed form, or not about this record.
own-record = Nobody can be the second inspector of their own visit.
already-decided = This record has been decided already.
record-withdrawn = The inspector has withdrawn this record.
record-incomplete = Not all pictures of this record have arrived yet.
record-quarantined = A revoked device sent this record; release it from quarantine before judging it.
version-superseded = A newer version of this record has arrived; read it first.

flag-unknown-campaign = The record names a campaign that does not exist here.
flag-unknown-checklist = The record names a checklist that does not exist here; it cannot be scored.
flag-unknown-unit = The record names a unit that does not exist here.
flag-unknown-site = The record names a site that does not exist here.
flag-unknown-assignment = The record names an assignment that does not exist here.
flag-campaign-not-running = The campaign was not running when the record arrived ({ $state ->
    [draft] not yet started
    [closed] closed
   *[other] { $state }
}).
flag-day-outside-campaign = The visit's day { $day } lies outside the campaign ({ $starts_on } to { $ends_on }).
flag-checklist-outside-campaign = The checklist is not among those of the campaign.
flag-site-of-other-unit = The site belongs to another unit than the one that the record names.
flag-assignment-of-another = The assignment was given to another inspector.
flag-assignment-cancelled = The assignment had been cancelled.
flag-assignment-differs-campaign = The record names another campaign than its assignment.
flag-assignment-differs-checklist = The record uses another checklist than its assignment.
flag-assignment-differs-unit = The record names another unit than its assignment.
flag-assignment-differs-site = The record names another site than its assignment.
flag-day-outside-assignment = The visit's day { $day } lies outside the assignment ({ $from_day } to { $to_day }).

flag-visit-missing = The record does not say whether the visit was made.
flag-reason-missing = The record gives no reason ({ $outcome ->
    [not_possible] the visit was not possible
    [withdrawn] the record was withdrawn
   *[other] { $outcome }
}).
flag-answers-missing = { $count } items have no answer: { $items }.
flag-answers-out-of-range = { $count } answers are none that the checklist allows: { $items }.
flag-answers-twice = { $count } items are answered more than once (the last answer was scored): { $items }.
flag-photos-missing = { $count } items should have a picture and have none: { $items }.
flag-media-details-differ = { $undescribed } pictures are not described; { $undeclared } described or mentioned pictures are not declared.
flag-capture-forbidden = There are { $media } pictures although taking pictures is forbidden at this site.

flag-place-missing = The record has no position ({ $reason ->
    [denied] the device refused it
    [unavailable] none could be found
    [timeout] it took too long
    [unsupported] the device has none
    [not-asked] it was not asked for
   *[other] reason: { $reason }
}).
flag-place-coarse = The position is uncertain by { $accuracy_m } m.
flag-far-from-site = The position is { $distance_m } m from the site (radius { $radius_m } m, uncertainty { $accuracy_m } m).
flag-measured-far-from-site = The position that was measured before it was corrected by hand is { $distance_m } m from the site (radius { $radius_m } m, uncertainty { $accuracy_m } m).
flag-place-by-hand = The position was entered by hand; none was measured.
flag-place-corrected = The measured position was moved by { $moved_m } m by hand.
flag-place-stale = The position was fixed at { $fixed_at }, { $minutes } minutes outside the visit.
flag-place-impossible = { $why ->
    [zero] The position is the zero of the grid: no phone measures that here; it may come from a tool.
   *[exact] The position claims no uncertainty at all: no phone measures that; it may come from a tool.
}
flag-place-repeated = The position is the same to the last digit as at { $records } earlier visits, measured at other times; it may come from a tool.

flag-ride-fare-differs = { $paid } yuan were paid; by the tariff { $distance_m } m cost { $least } to { $most } yuan (waiting not counted).
flag-ride-too-fast = The ride of { $distance_m } m took { $seconds } seconds: faster than { $limit_kmh } km/h on the average.
flag-ride-too-short = The ride is { $distance_m } m long, but photos were taken { $apart_m } m apart.

flag-ticket-missing = The record carries no time ticket: nothing shows that it was not made earlier.
flag-ticket-foreign = The record's time ticket was not issued by this office.
flag-clock-missing = The record does not say when it was submitted.
flag-clock-ahead = The device's clock shows { $phone_time }, { $minutes } minutes after the office received the record ({ $received_at }).
flag-clock-behind = The device's clock shows { $phone_time }, { $minutes } minutes before the office issued the time ticket in the record ({ $ticket_time }).
flag-clock-reversed = Start, end and submission are not in this order by the device's clock.
flag-clock-jumped = By the device's clock the visit took { $clock_minutes } minutes, but { $counted_minutes } minutes were counted independently of it: the two do not agree.
flag-delivered-late = The record arrived { $hours } hours after it was submitted.
flag-day-missing = The record does not name the day of the visit.
flag-day-differs = The record names { $day } as the day of the visit; by the device's clock it was { $clock_day }.
flag-day-ahead = The record names { $day } as the day of the visit, but arrived on { $received_day }.

flag-app-too-old = The record was made with { $app }; versions before { $oldest } should no longer be used.
flag-chain-gap = The device's chain has a gap before link { $seq }: a record may have been left out or not sent yet.
flag-chain-fork = { $rivals } other links of this device claim place { $seq } in its chain, or follow the same link.
flag-record-key-shared = The record's key has also signed { $records } other records.
flag-device-revoked = The device had been revoked when it sent this version.
flag-version-after-decision = This version arrived after the record had been decided ({ $state ->
    [accepted] accepted
    [rejected] rejected
   *[other] { $state }
}).
flag-signed-after-revocation = The device signed this version at { $signed_at }, after it had been revoked ({ $revoked_at }).

flag-visit-too-short = The visit took { $seconds } seconds for { $items } items; { $needed_s } seconds would be little.
flag-travel-impossible = Another visit { $device ->
    [same] of the same device
   *[other] of the same inspector with another device
} was { $distance_m } m away and { $minutes } minutes apart: faster than { $limit_kmh } km/h.
flag-answers-repeated = All { $items } answers are the same as at the inspector's last { $records } visits elsewhere.

flag-picture-before-visit = { $count } pictures are older than the visit: taken at { $taken_at }, { $minutes } minutes before it began ({ $started_at }).
flag-picture-time-differs = { $count } pictures carry another time than the record gives: { $taken_at } in the file, { $captured_at } in the record ({ $minutes } minutes).
flag-picture-place-differs = { $count } pictures carry a position of their own, { $distance_m } m from the record's.
flag-picture-edited = { $count } pictures name an editing program: { $software }.
flag-picture-screenshot = { $count } pictures say that they are screenshots.
flag-picture-from-file = { $count } pictures were chosen from files, not taken in the app.
flag-picture-not-decoded = { $count } pictures cannot be shown ({ $reasons }); the originals are kept.
flag-picture-kind-differs = { $count } pictures are of another kind than the device said.
flag-picture-seen-before = { $count } pictures look like pictures in { $records } earlier records (the nearest of { $day }; { $bits } of 64 marks differ).
own-request = Whoever asked cannot open it; the other custodian must.
disclosure-over = This release was opened before or its time has run out; ask again if it is still needed.
publication-too-early = To protect the inspectors, these visits cannot be published yet; { $until } is the first day (sooner, once enough visits of the campaign's same week have been accepted).
