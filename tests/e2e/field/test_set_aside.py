"""What is left to do when something went wrong for good: taken out, told, begun anew."""

import json
import random
import re

import pytest
from playwright.sync_api import expect

from support.fault_proxy import Fault, Given, Link
from support.field_office import (
    KillablePhone,
    begin_free_visit,
    file_record,
    is_there_once_and_whole,
    noise_photo,
)
from support.phone import sha256

pytestmark = pytest.mark.slow

PIN = "730518"
# As the web views of some apps on iOS do: no key leaves the thread in which it was made.
KEYS_STAY = """(() => {
  const guard = (port) => {
    const { postMessage } = port.prototype
    port.prototype.postMessage = function (message, ...rest) {
      const { session, ...others } = message ?? {}
      const parts = [message, ...Object.values(others), ...Object.values(session ?? {})]
      if (parts.some((one) => one instanceof CryptoKey)) {
        self.refusals = (self.refusals ?? 0) + 1
        throw new DOMException('keys stay', 'DataCloneError')
      }
      return postMessage.call(this, message, ...rest)
    }
  }
  guard(MessagePort)
  if (self.Worker) guard(Worker)
})"""
IN_WORKERS_TOO = f"""(() => {{
  const keep = {KEYS_STAY}
  keep()
  const Whole = Blob
  self.Blob = class extends Whole {{
    constructor(parts = [], about = {{}}) {{
      super(/javascript/.test(about.type ?? '') ? [`(${{keep}})();`, ...parts] : parts, about)
    }}
  }}
}})()"""
SPOIL = """(place) => new Promise((resolve, reject) => {
  const opening = indexedDB.open('notes')
  opening.onerror = () => reject(opening.error)
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('docs', 'readwrite')
    const broken = { iv: new Uint8Array(12), sealed: new ArrayBuffer(40) }
    transaction.objectStore('docs').put(broken, place)
    transaction.oncomplete = () => { opening.result.close(); resolve() }
  }
})"""


@pytest.fixture
def phone(enrolled, field_office):
    field_office.way.put()
    phone = enrolled(f"善后{random.randrange(10**6)}", PIN)
    expect(phone["free"]).to_be_visible()
    yield phone
    field_office.way.put()


@pytest.fixture
def photo():
    return noise_photo(random.Random(4711), 320, 240)


def is_delivered(phone: KillablePhone, record: str, seconds: float = 40) -> None:
    line = phone.entry(record)
    expect(line).to_have_attribute("data-phase", "delivered", timeout=1000 * seconds)


def test_a_poison_item_can_be_taken_out_as_files(phone, field_office, photo, tmp_path):
    refusal = Given.problem(422, "disclosures-incomplete")
    field_office.way.put(Fault("/records$", "POST", given=refusal))
    filed = file_record(phone, tmp_path, "导出的一条", photo)
    expect(phone.entry(filed.record)).to_have_attribute("data-phase", "aside")
    phone.entry(filed.record).click()
    phone["export"].click()
    phone["export-yes"].click()
    expect(phone["export-file"]).to_have_count(2)
    files = {}
    for button in phone["export-file"].all():
        with phone.page.expect_download() as taken:
            button.click()
        files[taken.value.suggested_filename] = taken.value.path().read_bytes()
    assert files[f"{sha256(photo)}.jpg"] == photo
    documents = json.loads(files[f"{filed.record}.json"])
    assert documents["record"].count("~") > 10
    assert documents["included"] == [f"{sha256(photo)}.jpg"]


def test_an_office_that_misses_photos_after_its_complete_receipt(
    phone, field_office, photo, tmp_path
):
    filed = file_record(phone, tmp_path, "回执之后又说缺", photo)
    is_delivered(phone, filed.record)
    assert phone.kept("originals") == 0

    def misses(body: bytes) -> bytes:
        return json.dumps(json.loads(body) | {"missing": [sha256(photo)]}).encode()

    field_office.way.put(Fault("/records/[^/]+$", "GET", times=None, rewrite=misses))
    phone.shift_clock(1)
    phone.unlock()
    phone["tab-outbox"].click()
    phone.entry(filed.record).click()
    expect(phone["entry-recalled"]).to_contain_text("1")
    assert is_there_once_and_whole(field_office, filed)


def test_an_update_waits_for_a_visit_that_is_open_in_another_window(phone, field_office):
    begin_free_visit(phone)
    phone["note"].fill("另一个窗口里正在写")
    phone.saved()
    field_office.way.put(
        Fault("/sw.js", times=None, rewrite=lambda body: body + b"\n// a newer version\n")
    )
    writing, phone.page = phone.page, phone.second_tab()
    phone.unlock()
    phone.page.evaluate("navigator.serviceWorker.getRegistration('/field').then((r) => r.update())")
    phone["update-ready"].click()
    phone["update"].click()
    expect(phone["update-blocked"]).to_be_visible()
    assert writing.get_by_test_id("note").input_value() == "另一个窗口里正在写"
    writing.get_by_test_id("back").click()
    writing.evaluate("window.sameDocument = true")
    phone["update"].click()
    expect(phone["pin-1"]).to_be_visible()
    assert writing.evaluate("window.sameDocument"), "the other window is left alone"
    writing.close()


def test_where_keys_cannot_be_handed_to_workers_the_page_does_the_work(
    playwright, field_office, photo, tmp_path
):
    field_office.way.put()
    phone = KillablePhone(playwright, field_office.origin, tmp_path / "webkit", PIN, "pin")
    phone.start("/healthz")
    phone.page.context.add_init_script(IN_WORKERS_TOO)
    try:
        phone.page.goto(field_office.asked("enrol", "--alias", "钥匙不动")["url"])
        phone.accept_enrolment()
        filed = file_record(phone, tmp_path, "都在页面里做", photo)
        is_delivered(phone, filed.record)
        assert is_there_once_and_whole(field_office, filed)
        assert phone.page.evaluate("self.refusals") >= 2, (
            "neither photo nor sending went to a worker"
        )
        phone["hide"].click()
        phone["notes-door"].click()
        phone.unlock()
        again = file_record(phone, tmp_path, "锁过一次之后", photo)
        is_delivered(phone, again.record)
    finally:
        phone.stop()


def test_a_damaged_chain_goes_on_and_a_damaged_enrolment_is_told(phone, field_office, tmp_path):
    first = file_record(phone, tmp_path, "链损坏之前")
    is_delivered(phone, first.record)
    phone.page.evaluate(SPOIL, "chain")
    second = file_record(phone, tmp_path, "链损坏之后")
    is_delivered(phone, second.record)
    seen = field_office.desk("reviewer1").get(f"/review/records/{second.record}")
    assert not [one for one in seen["flags"] if "chain" in one["code"]], "neither gap nor fork"

    field_office.way.put(link=Link(dead=True))
    kept = file_record(phone, tmp_path, "还没有送出")
    phone.page.evaluate(SPOIL, "device")
    phone.page.reload()
    phone.unlock()
    expect(phone["device-damaged"]).to_be_visible()
    phone["tab-outbox"].click()
    phone.entry(kept.record).click()
    expect(phone["export"]).to_be_visible()
    expect(phone["entry-status"]).not_to_have_text(re.compile("已送达"))
