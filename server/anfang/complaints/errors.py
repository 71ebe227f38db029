"""Problems of complaints."""

from anfang.kit.errors import Problem


class ChannelClosed(Problem):
    """The campaign does not take complaints through this channel."""

    code = "complaint-channel-closed"
    status = 409


class CampaignNotRunning(Problem):
    """Complaints are taken while a campaign runs."""

    code = "complaint-campaign-not-running"
    status = 409


class InformantIncomplete(Problem):
    """Whoever gives a name leaves a way to be reached; whoever leaves one gives a name."""

    code = "complaint-informant-incomplete"
    status = 422


class TopicUnknown(Problem):
    """The campaign's rulebook lists no such topic."""

    code = "complaint-topic-unknown"
    status = 422


class WrongState(Problem):
    """Where the complaint stands, this is not the next thing to do."""

    code = "complaint-wrong-state"
    status = 409


class TextForUnitMissing(Problem):
    """Before a unit gets a complaint, the office writes what the unit may read of it."""

    code = "complaint-text-for-unit-missing"
    status = 409


class TextShowsPerson(Problem):
    """A text for a unit shows who complains, or a number by which that is found out."""

    code = "complaint-text-shows-person"
    status = 422


class AlreadyBounced(Problem):
    """A unit sends a complaint back once; what the office gives it again it answers."""

    code = "complaint-already-bounced"
    status = 409


class ExtensionAsked(Problem):
    """A unit asks once for a longer term; nobody's is made longer twice."""

    code = "complaint-extension-asked"
    status = 409


class ExtensionLate(Problem):
    """A longer term is asked for while the term runs."""

    code = "complaint-extension-late"
    status = 409


class ExtensionNotAsked(Problem):
    """No unit asks for a longer term, or it was decided."""

    code = "complaint-extension-not-asked"
    status = 409


class ChasedToday(Problem):
    """Once a day is enough."""

    code = "complaint-chased-today"
    status = 409


class ComplaintsUnlike(Problem):
    """Only running complaints of one campaign become one, and not one with itself."""

    code = "complaints-unlike"
    status = 409


class VerdictMissing(Problem):
    """A complaint or a report is answered after somebody looked whether it is so."""

    code = "complaint-verdict-missing"
    status = 409


class UnitUnknown(Problem):
    """Nobody has said yet which unit it is about."""

    code = "complaint-unit-unknown"
    status = 409


class HasCase(Problem):
    """It has a case already."""

    code = "complaint-has-case"
    status = 409


class ReplyTwice(Problem):
    """The complainant has said already what they think of the reply."""

    code = "complaint-already-rated"
    status = 409


class NothingSealed(Problem):
    """An anonymous complaint holds nobody that could be shown."""

    code = "complaint-anonymous"
    status = 409


class ReleaseOver(Problem):
    """A request to see an informant was opened before, or its time has run out."""

    code = "informant-release-over"
    status = 409


class OwnRelease(Problem):
    """Nobody opens what they asked for themselves."""

    code = "informant-own-release"
    status = 409


class ClusterDecided(Problem):
    """A cluster is proposed once and decided once."""

    code = "complaint-cluster-state"
    status = 409


class OwnCluster(Problem):
    """Nobody decides what they proposed themselves."""

    code = "complaint-cluster-own"
    status = 409
