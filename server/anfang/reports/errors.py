"""Problems of reports."""

from anfang.kit.errors import Problem


class ThemeNeedsCampaign(Problem):
    """Themes are a campaign's: without one there are none to compare."""

    code = "report-theme-needs-campaign"
    status = 422


class NothingToReport(Problem):
    """No visit counts: there are no results to publish."""

    code = "report-nothing-to-report"
    status = 409


class ReportOwnDraft(Problem):
    """Who drafted it does not sign it off."""

    code = "report-own-draft"
    status = 409


class ReportSigned(Problem):
    """It was signed off."""

    code = "report-signed"
    status = 409


class ReportNotPublished(Problem):
    """Only what stands published is withdrawn."""

    code = "report-not-published"
    status = 409


class PressNoticeNotPublic(Problem):
    """The press is told only what a notice that stands has published."""

    code = "press-notice-not-public"
    status = 409


class PressEvidenceUnfit(Problem):
    """What goes along is a ready, protected pack of this notice or of a case of it."""

    code = "press-evidence-unfit"
    status = 409


class PressNotApproved(Problem):
    """Nobody has approved the text yet."""

    code = "press-not-approved"
    status = 409
