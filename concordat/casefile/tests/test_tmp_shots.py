import os, json
from django.conf import settings
from concordat.core.testing.visiting import browser_of
from concordat.demo.world import named, acting
def test_shots(site, chromium):
    prep = os.environ.get("PREP")
    if prep: exec(__import__("pathlib").Path(prep).read_text(), globals())
    for line in __import__("pathlib").Path("/tmp/shots/list.txt").read_text().splitlines():
        who, path, name, width, *lang = line.split()
        path = path.format(civil=named("civil_case"), case=named("case"))
        b = browser_of(who)
        ctx = chromium.new_context(viewport={"width": int(width), "height": 900})
        ctx.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": b.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}] + ([{"name": settings.LANGUAGE_COOKIE_NAME, "value": lang[0], "url": site}] if lang else []))
        page = ctx.new_page()
        errors = []
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        r = page.goto(site + path)
        page.screenshot(path=f"/tmp/shots/{name}.png", full_page=True)
        print(name, r.status, page.evaluate("document.documentElement.scrollWidth"), errors)
        ctx.close()
