# Feeds.

feed-intro = Feeds hold what is public, the same for everybody. A correction comes as an update; ids stay.
feed-events = Everything public
feed-calendar = Calendar of milestones and time limits
feed-places = By place
feed-task = By task
feed-api = For programs
feed-of = { $name }: what is public
feed-summary = Holds from { $date }; record { $position }.
feed-withdrawn = Withdrawn: { $title }
feed-withdrawn-because = Withdrawn on { $at } because: { $reason }.
feed-set-by = The day was set by { $who }.
