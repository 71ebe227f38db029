"""Reads of what assignments has put into the log: a draw's commitment and its two halves."""

from collections.abc import Iterator

from anfang.assignments import draw_files, draw_queries
from anfang.kit.ids import sha256_hex
from anfang.log.queries import LoggedRow


def draws() -> Iterator[LoggedRow]:
    """Return every commitment, sound if the frozen pools and the secret are those it names."""
    for draw in draw_queries.every_draw():
        subject, where = str(draw.id), f"draws {draw.id}"
        commitment = draw.commitment
        salt = bytes.fromhex(draw.inspectors_salt)
        frozen = draw_files.salted_hash_of(draw.inspectors_frame, salt)
        sound = (
            commitment["secret_sha256"] == sha256_hex(bytes.fromhex(draw.secret))
            and commitment["objects_frame_sha256"] == draw_files.hash_of(draw.objects_frame)
            and commitment["inspectors_frame_c"] == frozen
        )
        yield LoggedRow(subject, draw_files.hash_of(commitment), where, sound)
        for half in (draw.objects_file, draw.inspectors_file):
            if half is not None:
                yield LoggedRow(subject, sha256_hex(half.encode()), where)
