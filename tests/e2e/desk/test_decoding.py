"""A reviewer who is quicker than the decoder waits for the photo, and does nothing for it."""

from playwright.sync_api import Route, expect

UNDECODED = {"state": "waiting", "decoded": False, "preview_url": None, "thumbnail_url": None}


def test_a_photo_appears_once_it_is_decoded(anfang, reviewer):
    desk = anfang.desk("reviewer1")
    waiting = [one["id"] for one in desk.get("/review/queue")["items"]]
    record = next(one for one in waiting if desk.get(f"/review/records/{one}")["media"])
    decoding, readings = [record], []

    def undecoded(route: Route) -> None:
        answer = route.fetch()
        read = answer.json()
        if decoding:
            read["media"] = [one | UNDECODED for one in read["media"]]
        readings.append(record)
        route.fulfill(response=answer, json=read)

    reviewer.page.route(f"**/api/v1/review/records/{record}", undecoded)
    reviewer.page.goto(f"{anfang.origin}/console/review/{record}")
    expect(reviewer["stage"]).to_contain_text("照片正在解码")
    decoding.clear()
    expect(reviewer["stage"].locator("img")).to_be_visible()
    read_so_far = len(readings)
    reviewer.page.wait_for_timeout(4000)
    assert len(readings) == read_so_far, "what is decoded is not asked for again"
