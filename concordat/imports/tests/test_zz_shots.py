import pytest
from django.conf import settings
from concordat.core.testing.visitor import signed_in
from concordat.imports import actions
from concordat.imports.tests.making import *
from concordat.demo.world import acting
from concordat.cases.models import Identity
pytestmark = pytest.mark.usefixtures("own_database")

def test_shots(own_database, site, chromium, tmp_path):
    client = signed_in("ines")
    with officer() as by:
        bring_in(full("A-1"), full("A-2", family_name="Okafor", given_names="Ada"), full("A-9"), by=by, heading=FULL_HEADING)
    with acting("pat"):
        Identity.objects.filter(case__source_identifier="A-1").update(edited=["given_names"])
    with officer() as by:
        stage(person("A-33"), by=by)
    head=[*FULL_HEADING, "Religion", "Remarks"]
    more = ["f", "Arabic", "2024-02-01", "03/04/2024", "03/05/2028", "conditional", "x", "y"]
    rows = [["Prison Service: caseload"], ["As of 1 May 2026"], [], head, full("A-1", more=more, given_names="Sami", establishment=KESTREL), full("A-2", family_name="Okafor", given_names="Ada") + ["", ""],
       full("A-3", more=more, family_name="Brandt", given_names="Noor"), full("A-4", more=more, family_name="Ostrow", given_names="Lev"), full("A-5", more=more, establishment="Kestrel Bai Prison"), full("A-6", more=more, birth_date="1990-02-31"),
       full("A-7", more=more, service_purpose=""), full("A-3", more=more, family_name="Brandt", given_names="Noor"), [], ["Total", "", "", "8"]]
    f = tmp_path / "Caseload May 2026.csv"
    f.write_bytes(as_csv(rows, ";", "windows-1252"))
    for width in (1280, 375):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": site}])
        page = context.new_page()
        n = [0]
        def shot(label):
            n[0] += 1
            page.screenshot(path=f"/tmp/imp/shots/{n[0]:02}-{label}-{width}.png", full_page=True)
            print(label, page.title(), page.evaluate("document.documentElement.scrollWidth") if False else "")
        page.goto(site + "/imports/"); shot("index")
        page.click("text=Bring in a caseload"); shot("new")
        page.set_input_files("input[type=file]", f); page.click("text=Read the file"); shot("columns")
        page.select_option("select[name=sex]", "1"); page.click("text=Confirm the columns"); shot("columns-error")
        page.select_option("select[name=sex]", "6"); page.click("text=Confirm the columns"); shot("dates")
        [x.check() for x in page.locator("input[value=day_first]").all()]
        page.click("text=Go on to the preview"); shot("preview-wrong")
        page.click("text=Differences"); shot("preview-changed")
        page.click("nav >> text=New people"); shot("preview-new")
        if width == 375:
            page.click("text=Throw the file away"); shot("discard"); page.go_back()
        else:
            page.click("button:has-text('Load')"); shot("done")
            with page.expect_download() as d: page.click("button:has-text(\"Fetch\")")
            print(open(d.value.path(), encoding="utf-8-sig").read())
            page.reload(); shot("done-fetched")
            page.goto(site + "/imports/"); shot("index-after")
        context.close()
