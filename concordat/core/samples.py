"""What `/design` shows: one of everything, in English and in Arabic. All of it is invented.

The dates are relative to today, so that the page never ages.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.html import format_html

from .forms import DayField, NoteField, Radios, Text
from .languages import passage
from .parts import (
    Action,
    Answer,
    Appointment,
    Badge,
    Card,
    Cell,
    Check,
    Clause,
    Clock,
    Column,
    Difference,
    Effect,
    Event,
    Flow,
    Goal,
    Group,
    Kept,
    Link,
    News,
    Quoted,
    Row,
    Said,
    Sheet,
    Signing,
    State,
    Tab,
    Translated,
    Who,
)  # fmt: skip


class Sample:
    """The same sample in two languages: `self.say(English, Arabic)`."""

    def __init__(self, *, arabic: bool) -> None:
        self.arabic = arabic
        say = self.say
        self.prison = Badge(say("Prison Service of Marenia", "مصلحة سجون مارينيا"), say("PS", "س"), is_authority=True)
        self.lantern = Badge(say("Lantern Mentoring", "الفانوس للإرشاد"), say("LM", "ف"), is_authority=False)
        self.agrees = say("while the person agrees", "ما دام الشخص موافقاً")

    def say(self, english: str, arabic: str) -> str:
        return arabic if self.arabic else english

    def states(self) -> list[State]:
        say = self.say
        return [
            State("done", say("In force", "سارية")),
            State("soon", say("Due today", "مستحق اليوم")),
            State("late", say("No answer in time", "لا رد في الموعد")),
            State("changed", say("Proposed", "مقترحة")),
            State("rest", say("Not started", "لم تبدأ")),
        ]

    def said(self) -> list[Said]:
        say = self.say
        return [
            Said(
                say("I had told them before that I could not come.", "كنت قد أخبرتهم من قبل أنني لا أستطيع الحضور."),
                say("en", "ar"),
                say("Said on 4 May. Entered by Cora Lind.", "قيل في 4 أيار/مايو. أدخلته كورا ليند."),
            )
        ]

    def quoted(self) -> list[Quoted]:
        say = self.say
        return [
            Quoted(
                say("Escort to room 4, never through the yard.", "المرافقة إلى الغرفة 4، وليس عبر الفناء أبداً."),
                say("en", "ar"),
                say(
                    "From “Security class and regime”, Prison Service of Marenia. Quoted on 4 May.",
                    "من «التصنيف الأمني والنظام»، مصلحة سجون مارينيا. اقتُبس في 4 أيار/مايو.",
                ),
            )
        ]

    def cards(self) -> list[Card]:
        say, now = self.say, timezone.now()
        person = format_html('<a class="govuk-link" href="#case">{} <bdi>7Q</bdi></a>', say("Person", "الشخص"))
        return [
            Card(
                due=now,
                until=now + timedelta(minutes=50),
                title=format_html(say("Session with {}", "جلسة مع {}"), person),
                place=say("Aldermoor Prison, education wing, room 4", "سجن ألدرمور، جناح التعليم، الغرفة 4"),
                state=State("soon", say("Read first", "القراءة أولاً")),
                checks=[
                    Check(
                        "todo",
                        say("The safety briefing has changed", "تغيّرت إحاطة السلامة"),
                        say("Reading it takes about a minute.", "تستغرق القراءة نحو دقيقة."),
                    ),
                    Check("done", say("Pass valid until 30 June", "تصريح الدخول سارٍ حتى 30 حزيران/يونيو")),
                ],
                actions=[
                    Action(say("Read the briefing", "قراءة الإحاطة"), "#briefing", kind="primary"),
                    Action(say("Print the sheet for the gate", "طباعة ورقة البوابة"), "#sheet", kind="link"),
                ],
                because=say(
                    "You can check in once you have read it: clause 5 asks for this after each change.",
                    "يُفتح تسجيل الحضور بعد القراءة: يطلب البند 5 ذلك بعد كل تغيير.",
                ),
            ),
            Card(
                due=now.date() + timedelta(days=3),
                title=say("12-week review", "مراجعة 12 أسبوعاً"),
                state=State("rest", say("Begun", "بدأت")),
                actions=[Action(say("Go on with the review", "متابعة المراجعة"), "#review")],
            ),
        ]

    def clocks(self) -> list[Clock]:
        say, today = self.say, timezone.localdate()
        return [
            Clock(
                say("Answer of the prison service", "رد مصلحة السجون"),
                today - timedelta(days=2),
                say("It has gone to the head of partnerships.", "رُفع إلى رئيسة الشراكات."),
                say("Ruth Okafor", "روث أوكافور"),
            ),
            Clock(
                say("Reflective supervision", "الإشراف المهني"),
                today + timedelta(days=4),
                say("Without it, new sessions need a reason.", "من دونه تحتاج الجلسات الجديدة إلى سبب."),
            ),
            Clock(
                say("Activity terms, Aldermoor", "شروط النشاط، ألدرمور"),
                today + timedelta(days=51),
                say("They end on that day; nothing has to be done.", "تنتهي في ذلك اليوم؛ لا شيء مطلوب."),
            ),
        ]

    def links(self) -> list[Link]:
        say = self.say
        holds = [
            Link(
                say("Framework agreement in force", "اتفاقية إطارية سارية"),
                "holds",
                say("Until 30 September 2027.", "حتى 30 أيلول/سبتمبر 2027."),
            ),
            Link(
                say("A rule gives this category", "قاعدة تعطي هذه الفئة"),
                "holds",
                say(
                    "Protocol PR-4, clause 8: licence conditions, in full.", "البروتوكول، البند 8: شروط الإفراج كاملة."
                ),
            ),
        ]
        missing = Link(
            say("Activity terms in force at this place", "شروط النشاط سارية في هذا المكان"),
            "missing",
            say(
                "Signed by Lantern, not yet by the Probation Service.", "وقّعها الفانوس، ولم توقّعها دائرة المراقبة بعد."
            ),
            supplier=say("Probation Service, partnerships desk", "دائرة المراقبة الاجتماعية، مكتب الشراكات"),
            waiting=say("3 March; answer due by 17 March", "3 آذار/مارس؛ والرد مستحق حتى 17 آذار/مارس"),
            otherwise=say("It does not open by silence.", "السكوت لا يفتح شيئاً."),
            actions=[Action(say("Ask for a reminder", "طلب تذكير"), "#remind", kind="primary")],
        )
        unread = [
            say("Cleared, trained, without a conflict", "التصريح والتدريب ولا تضارب مصالح"),
            say("Assigned to the case", "التكليف بهذه الحالة"),
            say("The person agrees, where the rule asks for it", "موافقة الشخص، حيث تطلبها القاعدة"),
            say("Nothing forbids it", "لا شيء يمنع ذلك"),
        ]
        return [*holds, missing, *(Link(name, "unread") for name in unread)]

    def translation(self) -> Translated:
        say = self.say
        return Translated(
            say(
                "Translation from Arabic into French by a sworn translator, on 3 March 2026.",
                "ترجمة من العربية إلى الفارسية أنجزها مترجم محلّف في 3 آذار/مارس 2026.",
            ),
            by_machine=True,
            passages=[
                Answer(
                    say("What may upset", "ما قد يزعج"),
                    passage(say("Attendre devant la porte.", "منتظر ماندن پشت در."), say("fr", "fa")),
                ),
            ],
        )

    def clause(self) -> Clause:
        say = self.say
        return Clause(
            "5",
            say("Safety briefing", "إحاطة السلامة"),
            [
                Effect("gives", say("Mentors read the briefing", "يقرأ المرشدون الإحاطة"), say("in full", "كاملة")),
                Effect(
                    "owes",
                    say("A new version", "إصدار جديد"),
                    say("1 working day after a change", "بعد يوم عمل من كل تغيير"),
                ),
                Effect("forbids", say("No meeting on an unread version", "لا لقاء بإحاطة غير مقروءة")),
            ],
            say(
                "The Prison Service gives each assigned mentor a current safety briefing before the first meeting.",
                "تعطي مصلحة السجون كل مرشد مكلّف إحاطة سلامة محدّثة قبل اللقاء الأول.",
            ),
        )

    def flows(self) -> list[Flow]:
        say = self.say
        return [
            Flow(say("Safety briefing", "إحاطة السلامة"), "full", "right"),
            Flow(say("Place and key dates", "المكان والمواعيد"), "full", "right"),
            Flow(say("Needs and security rules", "الاحتياجات وقواعد الأمن"), "summary", "right"),
            Flow(say("Attendance", "الحضور"), "date", "left"),
            Flow(
                say("Progress under agreed headings", "التقدم تحت العناوين المتفق عليها"),
                "summary",
                "left",
                self.agrees,
            ),
            Flow(say("Serious and imminent harm", "ضرر جسيم ووشيك"), "threshold", "both"),
        ]

    def kept(self) -> list[Kept]:
        say = self.say
        return [
            Kept(self.prison, say("full assessments", "التقييمات الكاملة")),
            Kept(self.lantern, say("what is said in sessions", "ما يقال في الجلسات")),
        ]

    def groups(self) -> list[Group]:
        say, nothing = self.say, Cell("none")
        return [
            Group(
                [
                    Row(say("Safety briefing", "إحاطة السلامة"), [Cell("full"), nothing]),
                    Row(say("Serious and imminent harm", "ضرر جسيم ووشيك"), [Cell("threshold"), Cell("threshold")]),
                ],
                say("To work safely", "للعمل بأمان"),
            ),
            Group(
                [
                    Row(say("Attendance", "الحضور"), [nothing, Cell("date")]),
                    Row(say("Progress", "التقدم"), [nothing, Cell("summary", self.agrees)]),
                    Row(say("That there is a case", "وجود حالة"), [Cell("existence"), nothing]),
                    Row(say("What is said in sessions", "ما يقال في الجلسات"), [Cell("never"), Cell("never")]),
                ],
                say("To know whether it helps", "لمعرفة الأثر"),
            ),
        ]

    def columns(self) -> list[Column]:
        say = self.say
        return [
            Column(say("Prison gives", "تعطي السجون"), self.prison, say("gives to Lantern", "تعطي الفانوس")),
            Column(say("Lantern gives", "يعطي الفانوس"), self.lantern, say("gives to the prison", "يعطي السجون")),
        ]

    def differences(self) -> list[Difference]:
        say = self.say
        return [
            Difference(say("Housing", "السكن"), Cell("none"), Cell("full", self.agrees)),
            Difference(say("Place and transfers", "المكان والنقل"), Cell("full"), Cell("date")),
            Difference(say("Needs", "الاحتياجات"), Cell("summary"), Cell("summary")),
        ]

    def events(self) -> list[Event]:
        say, now = self.say, timezone.now()
        return [
            Event(
                self.prison,
                say("Safety briefing changed", "تغيّرت إحاطة السلامة"),
                say("Aldermoor Prison", "سجن ألدرمور"),
                now - timedelta(hours=20),
                say("Version 4: one more person to be kept apart from.", "الإصدار 4: شخص آخر يجب الفصل بينهما."),
            ),
            Event(
                self.lantern,
                say("Session held", "عُقدت الجلسة"),
                say("Nadia Brandt", "نادية براندت"),
                now - timedelta(days=7),
            ),
        ]

    def lists(self) -> dict[str, Any]:
        say, today = self.say, timezone.localdate()
        mentor, desk = say("Mentor, Lantern Mentoring", "مرشدة، الفانوس للإرشاد"), say("Day and night", "ليلاً ونهاراً")
        return {
            "news": [
                News(
                    say("Safety briefing", "إحاطة السلامة"),
                    say("Aldermoor Prison", "سجن ألدرمور"),
                    timezone.now(),
                    "#briefing",
                )
            ],
            "dates": [
                Appointment(today, say("Session, room 4", "جلسة، الغرفة 4")),
                Appointment(today + timedelta(days=30), say("12-week review", "مراجعة 12 أسبوعاً")),
            ],
            "people": [
                Who(self.lantern, say("Nadia Brandt", "نادية براندت"), mentor),
                Who(self.prison, say("Duty desk", "مكتب المناوبة"), desk),
            ],
            "goal": Goal(
                say("Keep a weekly routine", "المحافظة على روتين أسبوعي"),
                say("three of four planned activities a week", "ثلاثة من أربعة أنشطة في الأسبوع"),
                State("changed", say("Under way", "جارٍ")),
            ),
            "answers": [
                Answer(say("Ground", "السبب"), say("The place cannot be used", "لا يمكن استخدام المكان"), "#ground"),
                Answer(say("Length", "المدة"), say("7 days", "7 أيام")),
            ],
            "tabs": [Tab(say("Overview", "نظرة عامة"), "#", current=True), Tab(say("Plan", "الخطة"), "#plan")],
            "page": Paginator(range(60), 25).get_page(2),
        }

    def off(self) -> str:
        return self.say(
            "Only the authorised signatory, Helen Marsh, can sign.",
            "التوقيع من صلاحية الموقّعة المفوّضة هيلين مارش وحدها.",
        )

    def sheet(self) -> Sheet:
        say = self.say
        return Sheet(
            title=say("Safety briefing", "إحاطة السلامة"),
            version=say("Version 4 of 9 March, 16:40.", "الإصدار 4 بتاريخ 9 آذار/مارس، 16:40."),
            code="7K2M-94QF",
            allowed=say(
                "read it, carry it on the day, hand it in at the gate.", "القراءة والحمل في يومها والتسليم عند البوابة."
            ),
            reader=say("For the assigned mentor.", "للمرشدة المكلّفة."),
            party=self.prison,
            place=say("Aldermoor Prison", "سجن ألدرمور"),
            written_by=say("Written by the programme manager.", "كتبها مدير البرنامج."),
            sign=say("Read and understood, date and time", "قُرئت وفُهمت، التاريخ والوقت"),
        )

    def form(self, *, typed: bool) -> forms.Form:
        """Return a form with every kind of field: empty, or sent with mistakes in it."""
        say = self.say
        held = [("yes", say("Yes", "نعم")), ("part", say("In part", "جزئياً")), ("no", say("No", "لا"))]

        class Form(forms.Form):
            happened = forms.ChoiceField(
                label=say("Did it happen?", "هل عُقدت؟"), choices=held, widget=Radios(inline=True, small=True)
            )
            ground = forms.ChoiceField(
                label=say("Why?", "لماذا؟"),
                choices=held[1:],
                widget=Radios({"no": say("The building was closed", "كان المبنى مغلقاً")}),
            )
            minutes = forms.IntegerField(
                label=say("How long?", "كم دامت؟"), widget=Text(3, suffix=say("minutes", "دقيقة"), numeric=True)
            )
            on = DayField(label=say("On which day?", "في أي يوم؟"))
            note = NoteField(
                label=say("Weekly routine", "الروتين الأسبوعي"),
                limit=40,
                help_text=say("A heading agreed with the person.", "عنوان متفق عليه مع الشخص."),
            )
            place = forms.ChoiceField(label=say("Where?", "أين؟"), choices=[("a", say("Aldermoor", "ألدرمور"))])
            told = forms.MultipleChoiceField(
                label=say("Who was told?", "من أُبلغ؟"),
                choices=held,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
            sheet = forms.FileField(label=say("Signed sheet", "الورقة الموقّعة"), required=False)
            sure = forms.BooleanField(label=say("I have read the briefing", "قرأتُ الإحاطة"))

        sent = {"happened": "yes", "on_day": "31", "on_month": "2", "on_year": "2026", "note": "x" * 60, "place": "a"}
        return Form(sent, auto_id="sent_%s") if typed else Form(auto_id="empty_%s")


def everything(*, arabic: bool) -> dict[str, Any]:
    """Return what the page shows, in English or in Arabic."""
    sample = Sample(arabic=arabic)
    say = sample.say
    return {
        "other": "ltr" if arabic else "rtl",
        "prison": sample.prison,
        "lantern": sample.lantern,
        "signed": (
            Signing(
                sample.prison, say("Signed by Helen Marsh, 14 January", "وقّعتها هيلين مارش، 14 كانون الثاني/يناير")
            ),
            Signing(sample.lantern, say("Not signed yet", "لم تُوقَّع بعد")),
        ),
        "states": sample.states(),
        "cards": sample.cards(),
        "clocks": sample.clocks(),
        "links": sample.links(),
        "said": sample.said(),
        "quoted": sample.quoted(),
        "clause": sample.clause(),
        "flows": sample.flows(),
        "kept": sample.kept(),
        "columns": sample.columns(),
        "groups": sample.groups(),
        "differences": sample.differences(),
        "events": sample.events(),
        "off": sample.off(),
        "sheet": sample.sheet(),
        "translation": sample.translation(),
        "empty_form": sample.form(typed=False),
        "sent_form": sample.form(typed=True),
        **sample.lists(),
    }
