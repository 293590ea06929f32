"""One text, to be made in every format: each must give the same sentences."""

TITLE = "Handlingsplan for trygge skoleveier"
BODY = (
    "Kommunestyret i Ytre Hamnøy vedtok planen i juni, og den gjelder for alle barn som går eller sykler til skolen. "
    "Planen koster 4,2 millioner kroner, og pengene tas fra fondet for samferdsel.",
    "E-tjenesten har ikke uttalt seg om saken. Rektor mener at samarbeidet med politiet har vært godt, men hun "
    "etterlyser flere lys langs fylkesveien.",
)
HEADING = "Tiltak de neste to årene"
SECOND = (
    "Det viktigste tiltaket er en gang- og sykkelvei mellom brua og skolen, som skal stå ferdig før skolestart neste "
    "år. Kommunen skal dessuten gjøre dette:",
)
LIST = (
    "sette opp femten nye lyktestolper langs fylkesveien",
    "senke fartsgrensen forbi skolen til 30 kilometer i timen",
    "lære opp trafikkvakter blant elevene på ungdomstrinnet",
)
TABLE = (
    ("Tiltak", "Kostnad", "Ferdig"),
    ("Sykkelvei", "3,1 millioner", "2026"),
    ("Lyktestolper", "0,9 millioner", "2025"),
    ("Opplæring", "0,2 millioner", "2025"),
)
