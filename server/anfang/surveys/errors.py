"""Problems of surveys."""

from anfang.kit.errors import Problem


class SurveyMissing(Problem):
    """The campaign's rulebook plans no such round."""

    code = "survey-missing"
    status = 404


class SurveyKnown(Problem):
    """The campaign has a round of this code."""

    code = "survey-known"
    status = 409


class SurveyFrozen(Problem):
    """Form and frame are frozen: what is asked of whom no longer changes."""

    code = "survey-frozen"
    status = 409


class SurveyFormFaulty(Problem):
    """The form cannot be asked; `pointers` say what is wrong where."""

    code = "survey-form-faulty"
    status = 422


class SurveyFrameFaulty(Problem):
    """Something is wrong with the frame; nothing of it was taken."""

    code = "survey-frame-faulty"
    status = 422


class SurveyFrameChanged(Problem):
    """The frame's sheet is not the one that was shown: look at it again."""

    code = "survey-frame-changed"
    status = 409


class SurveyGroupTooSmall(Problem):
    """A group has fewer raters than its quota, or than can stay anonymous."""

    code = "survey-group-too-small"
    status = 409


class SurveyNotFrozen(Problem):
    """A sample is drawn from, and a round opened on, a frozen frame."""

    code = "survey-not-frozen"
    status = 409


class SurveySampleMissing(Problem):
    """The sample has not been drawn."""

    code = "survey-sample-missing"
    status = 409


class SurveySampleDrawn(Problem):
    """A sample is drawn once; or there is none to draw, because everybody is asked."""

    code = "survey-sample-drawn"
    status = 409


class SurveyHourPast(Problem):
    """The hour at which the round closes has passed, or is not set."""

    code = "survey-hour-past"
    status = 409


class SurveyNotOpen(Problem):
    """The round is not open, or its hour has passed."""

    code = "survey-not-open"
    status = 409


class SurveyStillOpen(Problem):
    """Results exist only once the round is closed."""

    code = "survey-still-open"
    status = 409


class SurveyClosesEarly(Problem):
    """A round is closed before its hour only with a reason."""

    code = "survey-closes-early"
    status = 409


class SurveyRatersUsedUp(Problem):
    """Nobody is left in the group who has not been given a token or a paper ballot."""

    code = "survey-raters-used-up"
    status = 409


class SurveyAnswered(Problem):
    """Whoever has answered gets no second token."""

    code = "survey-answered"
    status = 409


class SurveyTokenUnknown(Problem):
    """There is no such code, or another one has taken its place."""

    code = "survey-token-unknown"
    status = 404


class SurveyTokenUsed(Problem):
    """One code, one ballot."""

    code = "survey-token-used"
    status = 409


class SurveyMarksFaulty(Problem):
    """A ballot holds what is not asked, or nothing at all."""

    code = "survey-marks-faulty"
    status = 422


class SurveyPaperUnknown(Problem):
    """No paper ballot of this number was issued."""

    code = "survey-paper-unknown"
    status = 404


class SurveyPaperEntered(Problem):
    """This paper ballot has been entered twice already."""

    code = "survey-paper-entered"
    status = 409


class SurveySamePerson(Problem):
    """A second entry, and a third look, are another person's."""

    code = "survey-same-person"
    status = 409


class SurveyNothingToSettle(Problem):
    """The two entries of this paper ballot do not differ."""

    code = "survey-nothing-to-settle"
    status = 409


class SurveyPaperWaiting(Problem):
    """Paper ballots wait for a second entry or a third look."""

    code = "survey-paper-waiting"
    status = 409


class SurveyNotClosed(Problem):
    """Only the results of a closed round are approved, only approved ones published."""

    code = "survey-not-closed"
    status = 409


class SurveyOwnWork(Problem):
    """Nobody approves the results of a round that they set up, opened or closed."""

    code = "survey-own-work"
    status = 409


class SurveySlipsNotSet(Problem):
    """The slips could not be typeset; the tokens on them are void, nobody holds one."""

    code = "survey-slips-not-set"
    status = 503


class SurveySheetsNotSet(Problem):
    """The paper ballots could not be typeset."""

    code = "survey-sheets-not-set"
    status = 503
