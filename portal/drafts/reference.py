"""Which act types, policy areas and transferred days does an empty portal know, and under which article of law?

The rows are the defaults of a new installation; a migration enters them once and from then on the tables are the
truth, changed by `actions.reference`. Names follow the national portal and the laws; periods are working days.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

BILLS = BY_LAWS = "19, 20"  # articles of the Law "On legal acts" of 6 April 2016


class ActTypeRow(NamedTuple):
    """A row of `act_type`; `rule` names the articles of the Law "On legal acts" that set the period."""

    position: int
    code: str
    discussion_days: int
    answer_days: int
    rule: str
    name_kk: str
    name_ru: str
    name_en: str


class PolicyAreaRow(NamedTuple):
    """A row of `policy_area`."""

    position: int
    code: str
    name_kk: str
    name_ru: str
    name_en: str


class TransferredDayRow(NamedTuple):
    """A row of `transferred_day`."""

    on: date
    is_working: bool
    reason: str


_ANSWER_DAYS = 10  # arts. 19(4), 20(3)

_TYPES = (
    ("law", 15, BILLS, "Заң", "Закон", "Law"),
    ("code", 15, BILLS, "Кодекс", "Кодекс", "Code"),
    ("emergency-bill", 3, BILLS, "Заң (шұғыл тәртіппен)", "Закон (в срочном порядке)", "Law (urgent procedure)"),
    ("kdrp", 15, BILLS, "Реттеушілік саясаттың консультативтік құжаты (РСКҚ)",
     "Консультативный документ регуляторной политики (КДРП)", "Consultative document of regulatory policy"),
    ("concept", 10, BY_LAWS, "Тұжырымдама", "Концепция", "Concept"),
    ("decree", 10, BY_LAWS, "Жарлық", "Указ", "Decree"),
    ("resolution", 10, BY_LAWS, "Қаулы", "Постановление", "Resolution"),
    ("temporary-resolution", 10, BY_LAWS, "Уақытша қаулы", "Временное постановление", "Temporary resolution"),
    ("order", 10, BY_LAWS, "Бұйрық", "Приказ", "Order"),
    ("decision", 10, BY_LAWS, "Шешім", "Решение", "Decision"),
    ("directive", 10, BY_LAWS, "Өкім", "Распоряжение", "Directive"),
    ("rules", 10, BY_LAWS, "Қағидалар", "Правила", "Rules"),
    ("regulation", 10, BY_LAWS, "Ереже", "Положение", "Regulation"),
    ("reglament", 10, BY_LAWS, "Регламент", "Регламент", "Standing orders"),
    ("standard", 10, BY_LAWS, "Стандарт", "Стандарт", "Standard"),
    ("agreement", 10, BY_LAWS, "Келісім", "Соглашение", "Agreement"),
    ("ria", 10, BY_LAWS, "Реттеушілік әсерді талдау (РӘТ)", "Анализ регуляторного воздействия (АРВ)",
     "Regulatory impact analysis"),
    ("trade-restriction", 5, BY_LAWS, "Сауданы шектейтін акт", "Акт об ограничении торговли", "Act restricting trade"),
)  # fmt: skip

ACT_TYPES = tuple(
    ActTypeRow(position, code, days, _ANSWER_DAYS, rule, kk, ru, en)
    for position, (code, days, rule, kk, ru, en) in enumerate(_TYPES, 1)
)

_AREAS = (
    ("it", "Ақпараттық технологиялар", "Информационные технологии", "Information technology"),
    ("migration", "Иммиграция, миграция, азаматтық", "Иммиграция, миграция, гражданство",
     "Immigration, migration, citizenship"),
    ("family", "Отбасы", "Семья", "Family"),
    ("education", "Білім", "Образование", "Education"),
    ("employment", "Жұмысқа орналастыру", "Трудоустройство и занятость", "Employment"),
    ("social", "Әлеуметтік қамсыздандыру", "Социальное обеспечение", "Social security"),
    ("property", "Жылжымайтын мүлік", "Недвижимость", "Real estate"),
    ("taxes", "Салық және қаржы", "Налоги и финансы", "Taxes and finance"),
    ("legal-aid", "Құқықтық көмек", "Правовая помощь", "Legal aid"),
    ("tourism-sport", "Туризм және спорт", "Туризм и спорт", "Tourism and sport"),
    ("military", "Әскери есеп және қауіпсіздік", "Воинский учёт и безопасность", "Military registration and security"),
    ("agriculture", "Ауыл шаруашылығы", "Сельское хозяйство", "Agriculture"),
    ("licensing", "Лицензиялау және аккредиттеу", "Лицензирование и аккредитация", "Licensing and accreditation"),
    ("transport", "Көлік және коммуникация", "Транспорт и коммуникации", "Transport and communications"),
    ("health", "Денсаулық сақтау", "Здравоохранение", "Health care"),
    ("ecology", "Табиғи ресурстар және экология", "Природные ресурсы и экология", "Natural resources and ecology"),
    ("ip", "Зияткерлік меншік", "Интеллектуальная собственность", "Intellectual property"),
    ("business", "Бизнесті тіркеу және дамыту", "Регистрация и развитие бизнеса",
     "Registration and development of business"),
    ("industry", "Өнеркәсіп", "Промышленность", "Industry"),
    ("culture", "Мәдениет, дін, БАҚ", "Культура, религия, СМИ", "Culture, religion, mass media"),
    ("economy", "Экономика, экономикалық қызмет", "Экономика, экономическая деятельность",
     "Economy and economic activity"),
    ("public-administration", "Мемлекеттік басқару", "Государственное управление", "Public administration"),
    ("organisation", "Ұйымдастыру мәселелері", "Организационные вопросы", "Organisational matters"),
    ("other-matters", "Өзге мәселелер", "Иные вопросы", "Further matters"),
    ("other", "Басқа", "Другие", "Other"),
)  # fmt: skip

POLICY_AREAS = tuple(PolicyAreaRow(position, *row) for position, row in enumerate(_AREAS, 1))

# Only transfers known for certain; the calendar has the public holidays, an operator enters each year's decree.
TRANSFERRED_DAYS = (
    TransferredDayRow(date(2025, 1, 3), False, "day of rest moved from Sunday 5 January 2025"),
    TransferredDayRow(date(2025, 1, 5), True, "working day in exchange for Friday 3 January 2025"),
)
