"""The addresses of agreements."""

from django.urls import URLPattern, URLResolver, include, path

from .views import disputing, filling, public, reading, signing, statutes, stopping, talking, writing

app_name = "agreements"

draft: list[URLPattern | URLResolver] = [
    path("edit/", writing.edit, name="edit"),
    path("edit/days/", writing.edit_days, name="edit_days"),
    path("edit/clauses/<str:code>/", writing.edit_clause, name="edit_clause"),
    path("edit/clauses/<str:code>/remove/", writing.remove_clause, name="remove_clause"),
    path("edit/rules/add/", writing.add_rule, name="add_rule"),
    path("edit/rules/template/", writing.fill_rules, name="fill_rules"),
    path("edit/rules/never/", writing.add_prohibition, name="add_prohibition"),
    path("edit/rules/<uuid:rule>/", writing.edit_rule, name="edit_rule"),
    path("edit/places/", writing.edit_places, name="edit_places"),
    path("edit/workers/<int:organisation>/", writing.edit_requirement, name="edit_requirement"),
    path("edit/payments/add/", writing.add_payment, name="add_payment"),
    path("edit/parts/<uuid:part>/remove/", writing.remove_part, name="remove_part"),
    path("edit/workbook.xlsx", filling.workbook, name="workbook"),
    path("edit/workbook/", filling.fill_in, name="fill_in"),
    path("check/", writing.check, name="check"),
    path("opens/", reading.opens, name="opens"),
    path("propose/", writing.propose, name="propose"),
    path("talks/", talking.talks, name="talks"),
    path("talks/take-up/", talking.take_up, name="take_up"),
    path("talks/clauses/<str:code>/", talking.suggest, name="suggest"),
    path("talks/rows/new/", talking.suggest_row, name="suggest_new_row"),
    path("talks/rows/<uuid:thread>/", talking.suggest_row, name="suggest_row"),
    path("talks/<uuid:suggestion>/", talking.reply, name="reply"),
    path("sign/", signing.sign, name="sign"),
    path("sign/paper/", signing.sign_on_paper, name="sign_on_paper"),
    path("open/", public.open_part, name="open_part"),
    path("print/", reading.print_version, name="print_version"),
    path("print.pdf", reading.file, {"kind": "pdf"}, name="pdf"),
    path("print.docx", reading.file, {"kind": "docx"}, name="docx"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", reading.index, name="index"),
    path("public/", public.public, name="public"),
    path("public/<uuid:version>/", public.published, name="published"),
    path("public/<uuid:version>/open.json", public.published_text, name="published_text"),
    path("public/<uuid:version>/open.pdf", public.published_file, {"kind": "pdf"}, name="published_pdf"),
    path("mandates/<uuid:mandate>/", statutes.mandate, name="mandate"),
    path("mandates/<uuid:mandate>/mandate.pdf", statutes.mandate_file, {"kind": "pdf"}, name="mandate_pdf"),
    path("mandates/<uuid:mandate>/mandate.docx", statutes.mandate_file, {"kind": "docx"}, name="mandate_docx"),
    path("new/", writing.new, name="new"),
    path("new/<slug:kind>/", writing.new_kind, name="new_kind"),
    path("reopen/", stopping.reopen, name="reopen"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/compare/", reading.compare, name="compare"),
    path("<uuid:pk>/new-version/", writing.new_version, name="new_version"),
    path("<uuid:pk>/renew/", writing.renew, name="renew"),
    path("<uuid:pk>/suspend/", stopping.suspend, name="suspend"),
    path("<uuid:pk>/suspend/length/", stopping.suspend_length, name="suspend_length"),
    path("<uuid:pk>/suspend/consequences/", stopping.suspend_consequences, name="suspend_consequences"),
    path("<uuid:pk>/suspend/check/", stopping.suspend_check, name="suspend_check"),
    path("<uuid:pk>/lift/", stopping.lift, name="lift"),
    path("<uuid:pk>/dispute/", disputing.dispute, name="dispute"),
    path("<uuid:pk>/dispute/<uuid:dispute>/", disputing.settle, name="settle"),
    path("<uuid:pk>/end/", stopping.end, name="end"),
    path("<uuid:pk>/versions/<int:number>/", reading.version, name="version"),
    path("<uuid:pk>/versions/<int:number>/", include(draft)),
]
