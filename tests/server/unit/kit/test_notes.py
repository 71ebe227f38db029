import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit import notes

VECTOR = json.loads((Path(__file__).parents[3] / "vectors" / "merkle.json").read_text("utf-8"))[
    "checkpoint"
]
VERIFIER = notes.parse_verifier(VECTOR["verifier"])


def test_reads_the_note_that_the_go_implementation_prints():
    verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    note = (
        "If you think cryptography is the answer to your problem,\n"
        "then you don't know what your problem is.\n\n"
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
        "otpRZb6KE6RyyBwJnAM=\n"
    )
    parsed = notes.parse_verifier(verifier)
    assert str(parsed) == verifier
    assert notes.open_note(note, parsed).endswith("problem is.\n")


def test_checkpoint_vector():
    checkpoint = notes.verify_checkpoint(VECTOR["note"], VERIFIER)
    assert (checkpoint.size, checkpoint.root.hex()) == (VECTOR["size"], VECTOR["root"])


def test_foreign_cosignatures_are_ignored():
    witness = Ed25519PrivateKey.generate()
    text = VECTOR["note"].rpartition("\n\n")[0] + "\n"
    cosignature = notes.sign_note(text, "witness.example", witness).rpartition("\n\n")[2]
    assert notes.verify_checkpoint(VECTOR["note"] + cosignature, VERIFIER).size == VECTOR["size"]


def test_a_checkpoint_by_another_key_or_of_another_log_is_refused():
    key = Ed25519PrivateKey.generate()
    checkpoint = notes.Checkpoint("log.example", 1, bytes(32))
    with pytest.raises(notes.NoteError, match="note-signature"):
        notes.verify_checkpoint(notes.sign_checkpoint(checkpoint, key), VERIFIER)
    stranger = notes.sign_note("other.example\n1\n" + "A" * 43 + "=\n", "log.example", key)
    with pytest.raises(notes.NoteError, match="checkpoint-origin"):
        notes.verify_checkpoint(stranger, notes.verifier_of("log.example", key))


@pytest.mark.parametrize(
    "text",
    [
        "a\n01\n" + "A" * 43 + "=\n",
        "a\n-1\n" + "A" * 43 + "=\n",
        "a\n1\nAAAA\n",
        "a\n1\n",
        "\n1\n" + "A" * 43 + "=\n",
        "a\n٣\n" + "A" * 43 + "=\n",
    ],
)
def test_malformed_checkpoints_are_refused(text):
    with pytest.raises(notes.NoteError, match="checkpoint-form"):
        notes.parse_checkpoint(text)


@given(st.data())
def test_any_changed_character_is_refused(data):
    note = VECTOR["note"]
    position = data.draw(st.integers(0, len(note) - 1))
    letter = data.draw(st.characters().filter(lambda c: c != note[position]))
    with pytest.raises(notes.NoteError):
        notes.verify_checkpoint(note[:position] + letter + note[position + 1 :], VERIFIER)


@given(st.text(max_size=80))
def test_garbage_raises_only_our_error(text):
    with pytest.raises(notes.NoteError):
        notes.open_note(text, VERIFIER)
    with pytest.raises(notes.NoteError):
        notes.parse_verifier(text)


@given(st.text(max_size=20).map(lambda text: text + "\n"))
def test_what_follows_the_signature_must_be_one(loose):
    with pytest.raises(notes.NoteError):
        notes.open_note(VECTOR["note"] + loose, VERIFIER)


def test_a_strangers_signature_may_follow():
    note = VECTOR["note"] + "— stranger AAAAAAAA\n"
    assert notes.open_note(note, VERIFIER) == notes.open_note(VECTOR["note"], VERIFIER)
