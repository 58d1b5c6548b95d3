"""The sample's districts, found once by `calc districts` (seed 0) and kept.

So every first start shows the same town. Town: (seats, unit codes). County: (seats, numbers of
whole town districts). Proven since: no plan of the town, and none of the county made of these town
districts, has a smaller sum of deviations (`--objective sum`).
"""

TOWN: tuple[tuple[int, tuple[str, ...]], ...] = (
    (2, ("001",)),
    (2, ("002",)),
    (2, ("003",)),
    (3, ("004", "005")),
    (3, ("006", "013", "018", "019")),
    (3, ("007",)),
    (3, ("008",)),
    (2, ("009",)),
    (3, ("010",)),
    (1, ("011",)),
    (2, ("012",)),
    (2, ("014",)),
    (1, ("015",)),
    (3, ("016",)),
    (3, ("017", "023")),
    (1, ("020",)),
    (2, ("021", "022")),
    (2, ("024",)),
    (2, ("025",)),
    (3, ("026", "027")),
    (1, ("028",)),
    (2, ("029",)),
    (3, ("030",)),
    (3, ("031",)),
    (2, ("032",)),
    (2, ("033",)),
    (3, ("034",)),
    (3, ("035",)),
    (3, ("036",)),
    (3, ("037",)),
    (3, ("038",)),
)
COUNTY: tuple[tuple[int, tuple[int, ...]], ...] = (
    (3, (1, 2, 3, 8, 15, 30)),
    (3, (4, 10, 18, 28, 29, 31)),
    (3, (5, 6, 11, 12, 16, 20)),
    (2, (7, 9, 13, 14)),
    (1, (17, 21, 22)),
    (3, (19, 23, 24, 25, 26, 27)),
)
