"""The words by which column headings name a field, in English, French, German and Arabic, in any order.

A heading matches a phrase when it holds all of its words. What is left over decides: nothing, or words that add nothing
(“prisoner”, “dd”), make a sure match, other words a weak one, and a word for another person or time (“mother”,
“previous”) none at all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from concordat.imports.reading.fields import Field
from concordat.imports.reading.text import fold, words_of

_PHRASES: dict[Field, str] = {
    Field.SOURCE_IDENTIFIER: """
        id, id number, identifier, identification, reference, reference number, ref, ref number, record number,
        record id, case number, case id, case ref, case reference, file number, file ref, file reference,
        prisoner number, prisoner id, inmate number, inmate id, offender number, offender id, detainee number,
        detainee id, client number, client id, booking number, registration number, register number, custody number,
        prison number, source identifier, number in source, person id, person number, system number,
        identifiant, matricule, numero ecrou, ecrou, numero dossier, numero detenu, numero matricule, numero personne,
        reference dossier, numero identification, numero reference,
        aktenzeichen, az, kennung, kennnummer, kennziffer, gefangenennummer, gefangenen number, gefangenenbuchnummer,
        buchnummer, buchungsnummer, fallnummer, fall number, fall id, personennummer, person number, aktennummer,
        akten number, akte, insassennummer, haftnummer, klientennummer, registernummer, referenz, referenznummer,
        رقم النزيل, رقم السجين, رقم الملف, رقم القيد, رقم التسجيل, رقم المحتجز, رقم الحالة, رقم المستفيد, معرف,
        رقم تعريفي, رقم التعريف, رقم المرجع, المرجع, رمز الحالة
    """,
    Field.FAMILY_NAME: """
        family name, surname, last name, lastname, familyname, name family,
        nom famille, nom patronymique, patronyme,
        familienname, nachname, zuname,
        اسم العائلة, لقب, كنية, اسم العائله, الشهرة, نسب
    """,
    Field.GIVEN_NAMES: """
        given name, given names, first name, first names, forename, forenames, firstname, givenname, givennames,
        christian name,
        prenom, prenoms,
        vorname, vornamen, rufname,
        اسم أول, اسم شخصي, اسم العلم, الأسماء الأولى
    """,
    Field.FULL_NAME: """
        name, names, full name, fullname, complete name, surname and given names, surname given names,
        last name first name, family name given names,
        nom, nom complet, nom prenom, nom prenoms, noms prenoms, identite,
        vollstandiger name, name vorname, nachname vorname, familienname vorname, vor nachname, vor zuname,
        اسم, اسم كامل, اسم ثلاثي, اسم رباعي, اسم ولقب, اسم لقب, الاسم واللقب
    """,
    Field.BIRTH_DATE: """
        birth date, birthdate, date birth, dob, d o b, birthday, born, born on, birth,
        date naissance, naissance, ne le, ddn,
        geburtsdatum, geburtstag, geboren, geboren am, geb datum, geb, gebdat, gebdatum, geb am,
        تاريخ ميلاد, تاريخ ولادة, ميلاد, مواليد, ولادة
    """,
    Field.SEX: """
        sex, gender, sex gender, m f, sex m f, gender m f,
        sexe, genre, h f, sexe h f,
        geschlecht, m w, m w d, geschlecht m w, geschlecht m w d,
        جنس, نوع, نوع اجتماعي
    """,
    Field.LANGUAGES: """
        language, languages, languages spoken, language spoken, spoken languages, mother tongue, first language,
        preferred language, native language, main language, tongue, interpreter language,
        langue, langues, langues parlees, langue parlee, langue maternelle,
        sprache, sprachen, muttersprache, sprachkenntnisse,
        لغة, لغات, لغة أم, لغات المتحدث بها, لغة التواصل
    """,
    Field.ESTABLISHMENT: """
        establishment, establishment name, prison, prison name, facility, facility name, institution, institution name,
        place detention, detention place, jail, site, location, custody location, place custody, penitentiary,
        detention centre, detention center, place,
        etablissement, etablissement penitentiaire, lieu detention, centre penitentiaire, centre detention,
        maison arret, nom etablissement, prison affectation,
        anstalt, haftanstalt, jva, justizvollzugsanstalt, vollzugsanstalt, haftort, einrichtung, gefangnis, haftplatz,
        standort,
        سجن, اسم السجن, مؤسسة, مؤسسة عقابية, مؤسسة إصلاحية, مركز احتجاز, مكان احتجاز, مركز إصلاح, إصلاحية, مركز توقيف,
        منشأة
    """,
    Field.ARRIVED_ON: """
        arrived on, arrived, arrival, arrival date, date arrival, admission, admission date, admitted, admitted on,
        date admission, reception date, date reception, received on, in establishment since, since, entry date,
        date entry, transferred in, transfer in date, intake date,
        date arrivee, arrivee, arrive le, date entree, entree, date admission, date incarceration, date placement,
        aufnahme, aufnahmedatum, aufnahme am, aufgenommen am, zugang, zugangsdatum, zugang am, ankunft, ankunftsdatum,
        haftantritt, seit, in anstalt seit, eintritt, eintrittsdatum,
        تاريخ وصول, تاريخ دخول, تاريخ إيداع, تاريخ استقبال, تاريخ إيقاف, وصول, دخول
    """,
    Field.TRANSFER_KIND: """
        transfer kind, kind transfer, transfer type, type transfer, transfer reason, reason transfer, security transfer,
        nature transfert, type transfert, motif transfert, transfert securite,
        art verlegung, verlegungsart, verlegungsgrund, grund verlegung, sicherheitsverlegung,
        نوع نقل, سبب نقل, نقل أمني
    """,
    Field.SENTENCE_START: """
        sentence start, start sentence, sentence began, sentence begins, sentence start date,
        start date sentence, sentence commenced, sentence commencement date, sentence from, sentence beginning,
        debut peine, date debut peine,
        strafbeginn, strafantritt, beginn strafe, haftbeginn, beginn strafzeit, strafzeitbeginn, beginn haft,
        بداية حكم, تاريخ بداية حكم, بدء تنفيذ, تاريخ بدء تنفيذ, بداية عقوبة, تاريخ بداية عقوبة,
        تاريخ بدء عقوبة, تاريخ بداية محكومية, بداية محكومية
    """,
    Field.RELEASE_DATE: """
        release date, date release, release, release on, released on, expected release, expected release date,
        release expected, earliest release date, planned release date, conditional release date, projected release date,
        estimated release date, sentence end, end sentence, sentence end date, sentence expiry, sentence expiry date,
        edr, discharge date, date discharge,
        date liberation, liberation, date sortie, sortie, fin peine, date fin peine, liberation prevue, sortie prevue,
        date previsionnelle liberation, date liberation prevue, date liberation conditionnelle,
        entlassung, entlassungsdatum, entlassungstermin, entlassung am, strafende, haftende, ende strafe,
        voraussichtliche entlassung, voraussichtliches entlassungsdatum, strafzeitende, ende strafzeit,
        تاريخ إفراج, تاريخ إطلاق سراح, إفراج, نهاية حكم, تاريخ نهاية حكم, انتهاء حكم, تاريخ انتهاء حكم, نهاية محكومية,
        تاريخ انتهاء محكومية, نهاية عقوبة, تاريخ نهاية عقوبة, تاريخ إفراج متوقع, تاريخ خروج
    """,
    Field.RELEASE_DATE_KIND: """
        release type, release kind, type release, kind release, release date type, release date kind, type release date,
        kind release date, release date status, release status, release basis, release date confirmed,
        release certainty,
        type liberation, nature liberation, type date liberation, type sortie, nature date liberation,
        entlassungsart, art entlassung, entlassungsgrund, art entlassungsdatum, status entlassungsdatum,
        نوع إفراج, نوع تاريخ إفراج, طبيعة إفراج, حالة تاريخ إفراج
    """,
    Field.SERVICE_PURPOSE: """
        service, services, service purpose, purpose, purpose service, service requested, service needed,
        requested service, services requested, referral purpose, purpose referral, referral reason, reason referral,
        intervention,
        intervention requested, support requested, support needed, programme, program, service asked, service required,
        service asked for, need service,
        prestation, prestation demandee, service demande, objet demande, motif orientation, accompagnement demande,
        objet prise charge, accompagnement, finalite service, finalite, but service,
        zweck, leistung, leistungszweck, massnahme, angebot, betreuungszweck, gewunschte leistung, beantragte leistung,
        zweck leistung, anlass uberweisung, unterstutzungsbedarf, zweck betreuung,
        خدمة, خدمة مطلوبة, غرض خدمة, غرض, غرض من خدمة, سبب إحالة, برنامج, دعم مطلوب, هدف خدمة, خدمات مطلوبة
    """,
}

_SAME = {
    **dict.fromkeys(("no", "nr", "num", "nbr", "numero", "nummer", "n", "nos", "رقم"), "number"),
    "reference": "ref",
}
_IGNORED = words_of("""
    a an am at au aux by d da das de del den der des die du et for fur im in l la le les of on or ou the to und
    and von zum zur s is was his her their your y من في علي الي و dd mm yyyy yy jj aaaa tt jjjj format
""")
_ADDS_NOTHING = words_of("""
    prisoner prisoners inmate offender detainee person persons client case individual resident participant current
    actual detenu detenue personne interesse actuel actuelle dossier usager gefangener gefangenen gefangene
    insasse insassen klient person aktuell aktuelle aktueller derzeitige نزيل سجين محتجز شخص حالي حاليه مستفيد
    date full legal official please enter required source
""")
_SOMEBODY_ELSE = words_of("""
    spouse wife husband partner mother father parent parents guardian child children kin relative sibling victim
    lawyer attorney solicitor counsel officer worker caseworker supervisor manager judge doctor contact emergency
    previous former old past next other alias maiden user created updated modified entered author conjoint epoux
    epouse mere pere parents tuteur enfant enfants victime avocat juge agent referent precedent precedente ancien
    ancienne autre urgence fille jeune createur ehefrau ehemann ehepartner mutter vater eltern vormund kind kinder
    kindes opfers vaters ehegatte ehegatten
    opfer anwalt anwaltin verteidiger richter bewahrungshelfer sachbearbeiter betreuer bezugsperson angehorige
    vorherige vorheriger fruhere fruherer ehemalige andere notfall geburtsname زوج زوجه والد والده اب طفل اطفال
    ابناء ضحيه محام محامي قاض قاضي ضابط مشرف سابق سابقه طوارئ قريب وصي
""")


_LONGEST = 80


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """How well a heading names a field: surely or not, and by how many words."""

    sure: bool
    words: int


def matches(heading: str) -> dict[Field, Match]:
    """Return the fields that a heading may name."""
    words = _words(heading)
    if not words & _vocabulary() or words & _SOMEBODY_ELSE:
        return {}
    found = {field: _best(words, phrases) for field, phrases in _phrases().items()}
    return {field: match for field, match in found.items() if match}


def is_about_somebody_else(heading: str) -> bool:
    """Say whether a heading names a relative, an officer or another person, whose data are not those of the person."""
    return bool(_words(heading) & _SOMEBODY_ELSE)


def hits(cells: Iterable[object]) -> int:
    """Return how many cells of a row surely name a field: the mark of a heading row."""
    named = (matches(cell) for cell in cells if isinstance(cell, str) and 0 < len(cell) < _LONGEST)
    return sum(any(match.sure for match in found.values()) for found in named)


def _best(words: frozenset[str], phrases: frozenset[frozenset[str]]) -> Match | None:
    inside = [phrase for phrase in phrases if phrase <= words]
    found = [Match(sure=words - phrase <= _ADDS_NOTHING, words=len(phrase)) for phrase in inside]
    return max((match for match in found if match.sure or match.words > 1), default=None)


@cache
def _phrases() -> dict[Field, frozenset[frozenset[str]]]:
    return {field: frozenset(_words(phrase) for phrase in listed.split(",")) for field, listed in _PHRASES.items()}


@cache
def _vocabulary() -> frozenset[str]:
    return frozenset().union(*(phrase for phrases in _phrases().values() for phrase in phrases))


def _words(text: str) -> frozenset[str]:
    """Return the words that count, each in one form: folded, without article, every word for a number alike."""
    whole = re.sub(r"\(\w{1,2}\)", "", text)  # née(e), Sprache(n), name(s)
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", whole.replace("№", " no ").replace("°", " "))
    plain = (_without_article(word) for word in fold(apart).split())
    return frozenset(_SAME.get(word, word) for word in plain if word not in _IGNORED) - {""}


def _without_article(word: str) -> str:
    """Take the Arabic article off: “the name” and “name” are one heading."""
    for article in ("وال", "ال"):
        if word.startswith(article) and len(word) > len(article) + 2:
            return word.removeprefix(article)
    return word
