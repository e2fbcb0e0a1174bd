"""Words that no clause may hold: gags, prior approval, non-disparagement, reporting on people, others' duties.

A list of words finds the usual wordings, in English, French and Arabic; it does not understand a text. What a clause
may say in so many words ("no prior approval is needed") is taken out before the search.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Literal

from django.utils.translation import gettext as _

from concordat.agreements.models import Clause

from .finding import Findings, reject, warn

Kind = Literal["gag", "reporting", "endless", "accountable", "indemnity"]

YES = r"(approval|consent|permission|authori[sz]ation|clearance)"
ALL = r"(any|all|every|each)"
SIGNS = r"(suspici\w+|observations?|remarks?|changes?|signs?|concerns?|contacts?|information|irregularit\w+)"
PUBLIC = r"(disclose to the (media|press|public)|make (any )?(public )?statements?)"
AUTHORITY = r"(the )?(authority|authorities|prison|police|services?|security)"
FRENCH_YES = r"(accord|autorisation|approbation|consentement|visa|validation)"
FRENCH_SIGNS = r"(soupçon|observation|changement|signe|information|remarque|contact|irrégularité)"
CIVIL = r"(organi[sz]ation|association|partner|provider|ngo|civil society)"
CIVIL_FRENCH = r"(organisation|association|partenaire|prestataire|ong|société civile)"
PUBLIC_DUTY = r"(safety|security|order|custody|escapes?|re-?offending|recidivism|breaches)"
ARABIC_ALL = r"(اي|كل|جميع)"
ARABIC_SIGNS = r"(اشتباه|شبهه|ملاحظه|ملاحظات|الملاحظات|تغيير|علامه|العلامات|معلومات|المعلومات|اقوال|الاقوال)"

ALLOWED = (
    rf"\b(no|needs no|without needing|without any need for|free of) (prior |previous )?(written )?{YES}",
    rf"\b(prior |previous )?{YES} is (not|never) (needed|required|necessary|asked for)",
    rf"\b(does|do|shall|may|must|can) not (need|require|ask for) (any )?(prior |previous )?(written )?{YES}",
    rf"(sans|aucune?|ne (demande|requiert|nécessite) (pas|aucune?)) (d'|de )?{FRENCH_YES}( écrite?)?( préalable)?",
    rf"{FRENCH_YES} (écrite? )?(préalable )?n'est (pas|jamais) (requise?|nécessaire|demandée?)",
    r"دون الحاجة (الي|ل) (اي )?(موافقه|اذن)",
    r"لا (يحتاج|يتطلب|يشترط)( [^ .]+){0,3} (موافقه|اذن)",
)
GAGS = (
    rf"{FRENCH_YES} (écrite? )?préalable|préalablement (autorisée?s?|approuvée?s?|validée?s?)",
    r"ne (peut|peuvent|doit|doivent|pourra|devra) (pas |ni |rien )?(publier|critiquer|commenter|s'exprimer)",
    r"s'(abstient|abstiennent|interdit|interdisent|abstenir) de (publier|critiquer|commenter|tout)",
    r"dénigr\w*|(nui\w*|port\w* atteinte) à (la réputation|l'image)|d'une (seule|même) voix",
    rf"(prior|previous|advance|written) (written )?{YES}",
    rf"{YES} (of|from|by) [^.;]{{0,60}}(before|prior to) (any )?(publi|release|statement|speaking)",
    r"(approved|cleared|authori[sz]ed|agreed) (in advance|beforehand|by [^.;]{0,60}(before|prior to))",
    rf"(shall|must|may|will|does|do|can)\s?not (publish|criti[cs]i[sz]e|comment|speak|{PUBLIC})",
    r"(refrains?|abstains?|desists?) from (any )?(publi|critici|comment|speaking|statements?)",
    r"(no|without) (public )?(criticism|comment|statements?) (of|on|about|against|to)",
    r"dispara\w*|denigrat\w*|bad[- ]?mouth\w*",
    r"bring\w* [^.;]{0,40}into disrepute|damag\w* the (reputation|image)|harm\w* the (reputation|image)",
    r"speaks? with one voice|joint(ly)? agreed statements? only",
    r"(موافقه|اذن|ترخيص|تصريح) (خطي |خطيه |كتابي |كتابيه )?(مسبق|مسبقه|سابق|سابقه)",
    r"لا يجوز( ل[^ .]+)? (نشر|النشر|ان ينشر|ان تنشر|انتقاد|الانتقاد)",
    r"(يحظر|يمنع|تحظر|تمنع)( علي [^.]{0,40})? (النشر|نشر|الانتقاد|انتقاد|التصريح|الادلاء)",
    r"(يمتنع|تمتنع|الامتناع)( [^ .]+){0,3} عن (النشر|نشر|الانتقاد|انتقاد|النقد|التعليق|التصريح|الادلاء)",
    r"عدم (الاساءه|الانتقاد|النقد|التشهير|النشر|التصريح)",
    r"(الاساءه الي|الاضرار ب|المساس ب)(ال)?سمعه",
)
REPORTING = (
    rf"(signal\w+|rapport\w+|inform\w+|communiqu\w+|transmet\w*)[^.;]{{0,50}} (toute?s?|tous|chaque) {FRENCH_SIGNS}",
    r"(observe|surveille|interroge)[^.;]{0,60} pour le compte d",
    r"(signal\w+|rapport\w+)[^.;]{0,60} (radicalisation|extrémis\w+|opinions|convictions)",
    rf"(reports?|informs?|notif\w+|pass\w* on|tells?)[^.;]{{0,50}} {ALL} {SIGNS}",
    r"(reports?|informs?|notif\w+)[^.;]{0,60} (radicali\w+|extremis\w+|beliefs?|opinions?|attitudes?|views)",
    rf"(observes?|watch\w*|monitors?|questions?) [^.;]{{0,60}} (on behalf of|at the request of|for) {AUTHORITY}",
    r"duty to report(?! (crimes? that|what reaches))",
    rf"(الابلاغ|ابلاغ|تبلغ|يبلغ|اخطار|اعلام)[^.]{{0,50}} {ARABIC_ALL} {ARABIC_SIGNS}",
    r"(الابلاغ|ابلاغ|تبلغ|يبلغ)[^.]{0,60} (التطرف|الاراء|المعتقدات|افكار)",
    r"(مراقبه|يراقب|تراقب) [^.]{0,40} (لصالح|نيابه عن|بطلب من)",
)
ENDLESS = (
    r"susp\w+ [^.;]{0,60}(jusqu'à nouvel ordre|sans limite|durée indéterminée|indéfiniment)",
    r"suspen\w+ [^.;]{0,60}(indefinite\w*|until further notice|without (a )?(limit|end)|for as long as)",
    r"(indefinite\w*|unlimited|open[- ]ended) [^.;]{0,30}suspen\w+",
    r"(تعليق|يعلق|تعلق|ايقاف|وقف)[^.]{0,60} (حتي اشعار اخر|الي اجل غير مسمي|دون تحديد|دون حد)",
)
ANSWERS = r"(is|are|shall be|will be|remains?) (\w+ )?(accountable|responsible|liable|answerable) for"
ANSWERS_FRENCH = r"(est|sont|reste|demeure) (\w+ )?(responsable|comptable)s?"
ANSWERS_ARABIC = r"(مسووله?|يتحمل المسووليه|تتحمل المسووليه)"
CIVIL_ARABIC = r"(الجمعيه|المنظمه|الشريك|المجتمع المدني)"
ACCOUNTABLE = (
    rf"{CIVIL} {ANSWERS} [^.;]{{0,20}}{PUBLIC_DUTY}",
    rf"{CIVIL_FRENCH} {ANSWERS_FRENCH} [^.;]{{0,20}}(sécurité|ordre|récidive|évasion)",
    rf"{CIVIL_ARABIC} {ANSWERS_ARABIC} [^.]{{0,30}}(الامن|السلامه|العود|الهروب)",
)
INDEMNITY = (
    rf"{CIVIL} ((shall|will|must) )?(alone )?(indemnif\w+|holds? [^.;]{{0,40}}harmless)",
    rf"{CIVIL_FRENCH} (seule? )?(indemnise|garantit)[^.;]{{0,40}} (contre|de) tout",
    r"(الجمعيه|المنظمه|الشريك) (تعوض|يعوض|بتعويض) ",
)
LISTS: dict[Kind, tuple[str, ...]] = {
    "gag": GAGS,
    "reporting": REPORTING,
    "endless": ENDLESS,
    "accountable": ACCOUNTABLE,
    "indemnity": INDEMNITY,
}
ARABIC_FORMS = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")


def fold(text: str) -> str:
    """Bring a text into the shape that the lists are written in: lower case, plain Arabic letters, single spaces."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKC", text) if not unicodedata.combining(letter))
    return re.sub(r"\s+", " ", bare.translate(ARABIC_FORMS).casefold().replace("’", "'")).strip()


@cache
def pattern(kind: Kind | Literal["allowed"]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in (ALLOWED if kind == "allowed" else LISTS[kind])))


def found(text: str, kind: Kind) -> str:
    """Return the first words of a text that belong to a list, as they were found, or nothing."""
    rest = pattern("allowed").sub(" ", fold(text))
    hit = pattern(kind).search(rest)
    return hit.group().strip() if hit else ""


def texts(clause: Clause) -> Iterable[str]:
    """Return everything that somebody wrote in a clause: its words, and the texts among its answers."""
    yield clause.wording
    for value in clause.parameters.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, str))


def check_words(clauses: Iterable[Clause]) -> Findings:
    """Look through the words of all clauses."""
    for clause in clauses:
        for kind in LISTS:
            if hit := next(filter(None, (found(text, kind) for text in texts(clause))), ""):
                problem, remedy = sentences(kind, hit)
                yield (warn if kind == "indemnity" else reject)(clause.code, problem, remedy)


def sentences(kind: Kind, hit: str) -> tuple[str, str]:
    said = {"words": hit}
    if kind == "gag":
        return (
            _("The words “%(words)s” keep somebody from publishing or criticising, or make it wait for a yes.") % said,
            _("Take them out. A short notice before publishing, as a courtesy, is all that can be agreed."),
        )
    if kind == "reporting":
        return (
            _("The words “%(words)s” make civil society report on people beyond the thresholds of the protocol.")
            % said,
            _("Take them out. What may be reported without the person's agreement stands in clause 9 of the protocol."),
        )
    if kind == "accountable":
        return (
            _("The words “%(words)s” make civil society answer for what the authority owes.") % said,
            _("Take them out. The authority's own officer answers; civil society answers for its own work."),
        )
    if kind == "indemnity":
        return (
            _("The words “%(words)s” have only civil society hold the other harmless.") % said,
            _("Think of letting each party answer for what it did itself."),
        )
    return (
        _("The words “%(words)s” allow a suspension without an end.") % said,
        _("Say for how many days at most. After that it ends by itself."),
    )
