from django.conf import settings
from django.urls import reverse
from axe_playwright_python.sync_playwright import Axe
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import named
from concordat.sharing.tests.words import write
from concordat.sharing.tests.test_send_notice import send
from .ready import *

def test_axe(chromium, site):
    assigned_long_ago()
    record(notes={"routine": "Library."}, concern="Debts.")
    w = write()
    n = send()
    r = review(own_words="I sleep.", person_differs="More sport.")
    L, C = named("link"), named("case")
    pages = {"nadia": ["/delivery/%s/sessions/" % L, "/delivery/%s/sessions/record/" % L, "/delivery/%s/reviews/write/" % L, "/delivery/%s/end-early/" % L, "/delivery/%s/end-report/" % L, "/delivery/reviews/", "/delivery/end-reports/", "/safety/briefings/%s/" % w.pk, "/safety/notices/", "/safety/notices/%s/" % n.pk, r.get_absolute_url()],
             "pat": ["/safety/cases/%s/briefings/" % C, "/safety/cases/%s/briefings/write/" % C, "/safety/cases/%s/notices/send/" % C, r.get_absolute_url(), r.get_absolute_url() + "position/"]}
    bad = []
    for lang in ("en", "ar"):
      for name, urls in pages.items():
        cookie = signed_in(name).cookies[settings.SESSION_COOKIE_NAME].value
        context = chromium.new_context(bypass_csp=True, viewport={"width": 375, "height": 800})
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}, {"name": settings.LANGUAGE_COOKIE_NAME, "value": lang, "url": site}])
        page = context.new_page()
        for url in urls:
            page.goto(site + url)
            wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            if wide: bad.append((lang, url, "scrolls sideways"))
            found = Axe().run(page).response["violations"]
            bad += [(lang, url, v["id"], v["nodes"][0]["html"][:150]) for v in found]
            if url.endswith("/record/"):
                page.get_by_role("button").last.click()
                found = Axe().run(page).response["violations"]
                bad += [(lang, url + " errors", v["id"], v["nodes"][0]["html"][:150]) for v in found]
                page.screenshot(path=f"/tmp/mine/live-record-{lang}.png", full_page=True)
        context.close()
    print("\n".join(map(str, bad)) or "CLEAN")
