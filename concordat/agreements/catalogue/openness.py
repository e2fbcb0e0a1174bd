"""Which clauses are open to the public, and on which grounds one can be kept back in the annex (MOU-26).

Each clause is asked by itself, as its own answer: so it is talked about, compared and signed like the rest of it.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from .entry import Entry, choice

OPEN = "open"
KEPT_BACK = {
    "security": _("In the annex: it could be used against the security of a place"),
    "safety": _("In the annex: somebody could be found, threatened or harmed"),
    "third": _("In the annex: it concerns somebody who is no party"),
    "trade": _("In the annex: it is a trade secret, or a tender is under way"),
    "law": _("In the annex: a law forbids that it is published"),
}
CHOICES = {OPEN: _("In the open part"), **KEPT_BACK}

# Never in the annex. Whoever works together in public says who they are, what for and on which principles (1, 2, 3),
# who answers (5); that nobody is silenced (6), where one complains (16), how children are protected (18), how a quarrel
# is settled and that nobody pays for criticism (22, 23), for how long it is and how it ends (24, 25), what of it is
# public (26). Of a protocol: what the information is for and what not, which categories go where, what the person
# decides and is told, where confidentiality ends and what never passes, rights, the log. A flow of information that
# nobody may know of would be a covert one. Of terms: what is offered to whom, what stays between person and worker.
ALWAYS_OPEN = {
    "MOU-1", "MOU-2", "MOU-3", "MOU-5", "MOU-6", "MOU-16", "MOU-18", "MOU-22", "MOU-23", "MOU-24", "MOU-25", "MOU-26",
    "MOU-27", "ISP-1", "ISP-2", "ISP-3", "ISP-4", "ISP-7", "ISP-8", "ISP-9", "ISP-10", "ISP-12", "ISP-13", "ISP-14",
    "ISP-18", "ISP-22", "TRM-1", "TRM-3", "TRM-4", "TRM-6", "TRM-17",
}  # fmt: skip
# What holds names, numbers and ways in is kept back unless somebody says otherwise.
USUALLY = {"MOU-10": "safety", "ISP-15": "security"}
NAME = "kept_back"
# Answers that name or reach a person are never published, in whatever clause they stand.
PERSONS = {
    ("MOU-5", "officer"), ("MOU-10", "duty_contact"), ("MOU-18", "contact_a"), ("MOU-18", "contact_b"),
    ("MOU-22", "arbiter"), ("ISP-1", "contact_a"), ("ISP-1", "contact_b"),
    ("ISP-23", "dpia_place"), ("TRM-9", "contact"), ("TRM-17", "name"),
}  # fmt: skip


def asked_openly(entry: Entry) -> Entry:
    """Return a clause with the question whether it is open; one that always is asks nothing."""
    if entry.code in ALWAYS_OPEN:
        return entry
    usual = USUALLY.get(entry.code, OPEN)
    asked = replace(choice(NAME, _("Open to the public?"), usual, CHOICES), needed=False)
    return replace(entry, parameters=(*entry.parameters, asked))
