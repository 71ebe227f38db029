"""Verbs of messages: make a rater's token when its message goes out, and void it if it did not.

The token stands in the message alone: the outbox and the log name the rater's number.
"""

from uuid import UUID

from flask import current_app

from anfang.kit.channel_addresses import Address, ChannelKind
from anfang.kit.channel_sending import send
from anfang.kit.db import transaction
from anfang.kit.errors import Problem
from anfang.kit.i18n import translate
from anfang.kit.sealing import SealingError
from anfang.surveys import contacts, queries, tokens
from anfang.surveys.links import link_of
from anfang.surveys.models import Channel


def deliver(round_id: UUID, number: str) -> str | None:
    """Send a rater a link, in transactions of its own; returns why it was not taken.

    Nothing is sent, and nothing wrong, where the round has closed or the rater has answered.
    """
    try:
        with transaction():
            one = queries.round_for_update(round_id)
            issued = tokens.hand_out_again(one, number, Channel.MESSAGE)
            box, title = queries.rater(round_id, number).contact, one.title
    except Problem:
        return None
    failure = _send(round_id, number, box or "", title, issued.code)
    with transaction():
        if failure is not None:
            tokens.void(issued.code)
        rater = queries.rater(round_id, number)
        rater.failure = failure
        rater.channel = (Channel.NONE if failure else Channel.MESSAGE).value
    return failure


def _send(round_id: UUID, number: str, box: str, title: str, code: str) -> str | None:
    try:
        contact = contacts.opened(round_id, number, box)
    except (SealingError, FileNotFoundError):
        return "key-missing"
    text = translate("survey-message", None, title=title, url=link_of(code))
    address = Address(ChannelKind.MAIL, contact)
    return send(address, current_app.config["NOTIFY"], title, text)
