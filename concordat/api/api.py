"""The interface for machines, version 1. What it hands out was loaded under the policies, as on the pages."""

from ninja import NinjaAPI

from . import (
    cases,
    checkpoints,
    delivery,
    directory,
    document,
    files,
    never,
    papers,
    preparing,
    problems,
    referrals,
    safety,
)

api = NinjaAPI(
    title="Concordat", version="1", urls_namespace="api", docs_url=None, openapi_url=None, description=document.ABOUT
)
for room in (papers, cases, referrals, preparing, safety, delivery, files, directory, checkpoints, never):
    api.add_router("", room.router)
problems.handle(api)
