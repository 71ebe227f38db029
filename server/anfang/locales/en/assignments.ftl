assignment-not-open = Only an open assignment can be cancelled.
assignment-days-reversed = The last day cannot be before the first.
assignment-place-missing = Choose a site or a unit; a site must belong to the chosen unit.
assignment-place-closed = The site or unit is no longer in service.
checklist-not-in-campaign = The campaign does not use this checklist version.
inspector-inactive = The inspector no longer makes visits.
