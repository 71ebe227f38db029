"""Delivery, beside bare uploads of as many bytes over the same kind of way.

Two kinds of bare upload: to a sink, which is what the line carries, and by a few lines of tus to
the office itself, which is what its verified, durable storing lets through.
"""

import base64
import random
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from support.e2e_wire import phone_on_the_wire
from support.fault_proxy import Fault, FaultProxy, Link
from support.field_bench.office import until_decoded
from support.field_bench.page import (
    LINE_BYTES_A_SECOND,
    ROUND_TRIP_SECONDS,
    STAMPS,
    say,
    shot,
    stamped,
    watch_for,
)
from support.field_office import KillablePhone, Office, begin_free_visit
from support.phone import minimal_record


@dataclass(frozen=True)
class Way:
    """Photos, and what they are sent over; `lanes` is how many a bare upload sends at once.

    Attributes:
        rate: bytes a second; None: as fast as the machine.
        delay: seconds that each call waits.
    """

    photos: int
    bytes: int
    rate: int | None = None
    delay: float = 0
    lanes: int = 3


WAYS = {
    "loopback": Way(50, 2_000_000),
    "wifi": Way(50, 2_000_000, rate=12_500_000, delay=0.02),
    "line": Way(10, 200_000, LINE_BYTES_A_SECOND, ROUND_TRIP_SECONDS, lanes=1),
}
UPLOAD = """async ([url, count, size]) => {
  const body = crypto.getRandomValues(new Uint8Array(65536))
  const photo = new Blob(Array.from({ length: Math.ceil(size / 65536) }, () => body)).slice(0, size)
  const began = performance.now()
  for (let n = 0; n < count; n += 1) await fetch(url, { method: 'POST', body: photo })
  return count * size / 1000 / (performance.now() - began)
}"""

# Photos that the office can decode, and no two alike; their hashes are what a record declares.
MAKE = """async ([head, count, size]) => {
  const start = Uint8Array.from(atob(head), (sign) => sign.charCodeAt(0))
  window.photos = []
  for (let n = 0; n < count; n += 1) {
    const photo = new Uint8Array(size)
    for (let at = 0; at < size; at += 65536) crypto.getRandomValues(photo.subarray(at, at + 65536))
    photo.set(start)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', photo))
    photos.push({ digest, blob: new Blob([photo]) })
  }
  const hex = (byte) => byte.toString(16).padStart(2, '0')
  return photos.map(({ digest }) => Array.from(digest, hex).join(''))
}"""
TUS_UPLOAD = """async ([record, token, hashes, lanes]) => {
  const tus = { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${token}` }
  const waiting = photos.map((photo, at) => [photo, hashes[at]])
  const bytes = photos.reduce((sum, { blob }) => sum + blob.size, 0)
  const began = performance.now()
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [{ digest, blob }, sha256] = next
      const about = `sha256 ${btoa(sha256)},record ${btoa(record)}`
      const made = await fetch('/api/v1/uploads', {
        method: 'POST', headers: { ...tus, 'Upload-Length': blob.size, 'Upload-Metadata': about },
      })
      const kept = await fetch(made.headers.get('Location'), {
        method: 'PATCH', body: blob,
        headers: {
          ...tus, 'Upload-Offset': '0', 'Content-Type': 'application/offset+octet-stream',
          'Upload-Checksum': `sha256 ${btoa(String.fromCharCode(...digest))}`,
        },
      })
      if (kept.status !== 204) throw new Error(`status ${kept.status}`)
    }
  }))
  return bytes / 1000 / (performance.now() - began)
}"""


def sync(
    phone: KillablePhone, office: Office, peer_way: FaultProxy, folder: Path
) -> dict[str, object]:
    """Megabytes a second: the app's, and those of both bare uploads, one after the other."""
    way = office.way
    sink = f"http://127.0.0.1:{peer_way.port}/sink"
    result: dict[str, object] = {}
    for name, over in WAYS.items():
        say(f"delivery: {name}")
        late = Fault("/(records|uploads|sink)", times=None, delay=over.delay)
        for one in (way, peer_way):
            one.put(*([late] if over.delay else []), link=Link(rate=over.rate, shared=True))
        page = phone.page.context.new_page()
        page.goto(f"http://127.0.0.1:{peer_way.port}/store.html")
        bare = page.evaluate(UPLOAD, [sink, over.photos, over.bytes])
        page.close()
        stored = _bare_store(phone.page.context.new_page(), office, over)
        ours = _deliver(phone, way, folder, over)
        result |= {
            f"sync_{name}_mb_s": round(ours, 3),
            f"bare_upload_{name}_mb_s": round(bare, 3),
            f"bare_store_{name}_mb_s": round(stored, 3),
            f"sync_{name}_of_bare_upload": round(ours / bare, 2),
            f"sync_{name}_of_bare_store": round(ours / stored, 2),
        }
        way.put()
    return result


def _bare_store(page: Page, office: Office, over: Way) -> float:
    """Upload by tus to the office itself: nothing encrypted, kept or resumed on this side."""
    page.goto(f"{office.origin}/healthz")
    head = base64.b64encode(shot(64, 48)).decode()
    hashes = page.evaluate(MAKE, [head, over.photos, over.bytes])
    wire = phone_on_the_wire(office, f"直传{over.rate}")
    day = wire.bundle().json
    clear, disclosed = minimal_record(day["campaigns"][0]["id"], day["checklists"][0]["id"])
    wire.file({**clear, "media": sorted(hashes)}, disclosed)
    speed: float = page.evaluate(TUS_UPLOAD, [clear["id"], wire.access_token, hashes, over.lanes])
    page.close()
    until_decoded(office, clear["id"])
    return speed


def _deliver(phone: KillablePhone, way: FaultProxy, folder: Path, over: Way) -> float:
    link, way.link = way.link, Link(dead=True)
    page = phone.page
    page.close()
    phone.page = page = phone.page.context.new_page()
    page.add_init_script(STAMPS)
    page.goto(f"{phone.origin}/field")
    phone.unlock()
    item = begin_free_visit(phone)
    small = shot(64, 48)
    for number in range(over.photos):
        path = folder / "photo.jpg"
        path.write_bytes(small + random.randbytes(over.bytes - len(small)))
        phone[f"file-{item}"].set_input_files(path)
        expect(phone["thumb"]).to_have_count(number + 1)
    phone["submit"].click()
    phone["submit-now"].click()
    entry = phone["entry"].first
    expect(entry).to_have_attribute("data-phase", "sealed")
    record = entry.get_attribute("data-record")
    page.wait_for_timeout(1000)
    way.link = link
    done = f"[data-record='{record}'][data-phase=delivered]"
    watch_for(page, "delivered", done)
    began = page.evaluate("dispatchEvent(new Event('online')), performance.now()")
    took = stamped(page, "delivered") - began
    return over.photos * over.bytes / 1000 / took
