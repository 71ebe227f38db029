"""Kinds of news, and how they come. Pure."""

from enum import StrEnum


class News(StrEnum):
    """What a person is told of: a kind alone, never which unit, matter or person it is about."""

    CASE_OPENED = "case-opened"
    CASE_RETURNED = "case-returned"
    CASE_REMINDED = "case-reminded"
    CASE_NEAR = "case-near"
    CASE_OVERDUE = "case-overdue"
    SHARE_GIVEN = "share-given"
    SHARE_NEAR = "share-near"
    SHARE_OVERDUE = "share-overdue"
    DOCUMENT_ISSUED = "document-issued"
    DOCUMENT_WAITING = "document-waiting"
    MEASURE_WAITING = "measure-waiting"
    REQUEST_WAITING = "request-waiting"
    BREACH_WAITING = "breach-waiting"
    CLAIM_ASKED = "claim-asked"
    CLAIM_EXPLAINED = "claim-explained"
    CYCLE_NEAR = "cycle-near"
    CYCLE_MISSED = "cycle-missed"
    REGISTER_NEAR = "register-near"
    REGISTER_OVERDUE = "register-overdue"
    COMPLAINT_RECEIVED = "complaint-received"
    COMPLAINT_GIVEN = "complaint-given"
    COMPLAINT_CHASED = "complaint-chased"
    COMPLAINT_ANSWERED = "complaint-answered"
    COMPLAINT_WORDS = "complaint-words"
    COMPLAINT_EXTENSION = "complaint-extension"
    COMPLAINT_NEAR = "complaint-near"
    COMPLAINT_OVERDUE = "complaint-overdue"
    COMPLAINT_CLUSTER = "complaint-cluster"
    TEST = "test"


class Mode(StrEnum):
    """Whether news come at once, or once a day."""

    AT_ONCE = "at_once"
    DIGEST = "digest"
