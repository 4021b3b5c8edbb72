"""Demo cases that are told move by move, so that every way a case can go has a living example.

What people do every day comes from `liixia.demo.scenes`; here stands what is rarer. None of the first ten cases is one
of these: a first start is ready before they are told.
"""

from datetime import datetime

from django.core.exceptions import ValidationError

from liixia.demo.cast import Crew
from liixia.demo.stories.disputed import declined_by_three, ruled_by_the_leader
from liixia.demo.stories.hidden import hidden_and_shown
from liixia.demo.stories.levels import up_and_down
from liixia.demo.stories.milestones import burst_main
from liixia.demo.stories.paused import paused_and_ordered
from liixia.demo.stories.placed import undone_and_got_back
from liixia.demo.stories.shelved import shelved_and_heard
from liixia.demo.stories.teller import Story, Teller
from liixia.demo.stories.together import let_go_and_recalled
from liixia.demo.stories.whistles import sent_back_and_withdrawn

# By the number of the case; how many working days it takes, and how many days ago it ended.
STORIES = {
    42: Story(up_and_down, days=4, ago=6),
    43: Story(sent_back_and_withdrawn, days=5, ago=9),
    44: Story(burst_main, days=1, ago=0, urgent=True),
    45: Story(ruled_by_the_leader, days=1.5, ago=0),
    46: Story(let_go_and_recalled, days=5, ago=6),
    47: Story(paused_and_ordered, days=6, ago=0),
    48: Story(shelved_and_heard, days=5.5, ago=7),
    49: Story(hidden_and_shown, days=1.5, ago=0),
    50: Story(undone_and_got_back, days=1.5, ago=0),
    52: Story(declined_by_three, days=0.3, ago=0),
}


def tell(number: int, seed: int, *, crew: Crew, now: datetime) -> None:
    """As far as it can be told: another district's list may name nobody for its item."""
    story = STORIES[number]
    try:
        story.tell(Teller(number, seed, story, crew, now))
    except ValidationError:  # what was told until here stands, as a case that waits
        return
        return
