finding-in-case = The finding is in a case already ({ $number }); a finding belongs to one case.
finding-withdrawn = The finding was withdrawn and opens no case.
finding-of-other-unit = A case holds findings of its own unit and the units beneath it only.
finding-of-other-campaign = The findings of a case must come from one campaign.
public-explanation-missing = What is put right step by step needs an explanation to the public.
defence-window-shortened = The time to state a defence can be extended, never shortened.
case-closed = The case is closed and takes no further change.
