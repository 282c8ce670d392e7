"""What an act is about, as far as its code tells: security, economy, law, or nothing in particular.

Read off PLOVER's context of the nearest CAMEO code, as PLOVER's authors
published it. Force and its show carry no context there and are security.
Diplomatic acts, and acts of no stated context, are general.
"""

from __future__ import annotations

from realpolitik.vocab.kinds import nearest_cameo, plover_form

ISSUES = ("general", "security", "economy", "law")
CONTEXTS = {
    "security": ("military", "peacekeeping", "cbrn", "intelligence", "cyber"),
    "economy": ("economic", "humanitarian"),
    "law": (
        "legal", "executive", "political_institutions", "rights_freedoms", "human_rights",
        "democracy", "pro_autocracy", "religion_ethnicity", "crime", "corruption",
        "human_security", "asylum",
    ),
}  # fmt: skip
FORCE = ("ASSAULT", "MOBILIZE")
_BY_CONTEXT = {context: issue for issue, contexts in CONTEXTS.items() for context in contexts}


def issue(system: str, code: str) -> str:
    """The issue of a code: one of `ISSUES`. Raises UnknownName for a code nobody knows."""
    form = plover_form(nearest_cameo(system, code).code)
    if form is None:
        return "general"
    if not form.context:
        return "security" if form.type in FORCE else "general"
    return _BY_CONTEXT.get(form.context.partition(";")[0], "general")
