"""Who answers for what, by when: the responsibility list, limits, worktime and clocks."""
