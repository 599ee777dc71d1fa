"""Reference data: act types with their periods, and the policy areas of the national portal

Periods in working days: Law of the Republic of Kazakhstan "On legal acts" of 6 April 2016 No 480-V, arts. 19 and 20 (by-laws
10, bills 15, emergency bills 3, trade restrictions 5; reasoned answer 10). All of it is data and can be changed later.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BILLS, BYLAWS = "art. 19", "art. 20"
TYPES = (
    ("law", 15, BILLS, "Заң", "Закон", "Law"),
    ("code", 15, BILLS, "Кодекс", "Кодекс", "Code"),
    ("emergency-bill", 3, BILLS, "Шұғыл қаралатын заң", "Закон, рассматриваемый в срочном порядке", "Emergency bill"),
    ("trade-restriction", 5, BYLAWS, "Сауданы шектеу туралы акт", "Акт об ограничении торговли", "Trade restriction"),
    ("concept", 15, BILLS, "Заң жобасының тұжырымдамасы", "Концепция проекта закона", "Concept of a bill"),
    ("kdrp", 15, "art. 17-1", "Реттеушілік саясаттың консультативтік құжаты",
     "Консультативный документ регуляторной политики", "Consultative document of regulatory policy"),
    ("ria", 15, BYLAWS, "Реттеушілік әсерді талдау", "Анализ регуляторного воздействия", "Regulatory impact analysis"),
    ("decree", 10, BYLAWS, "Жарлық", "Указ", "Decree"),
    ("resolution", 10, BYLAWS, "Қаулы", "Постановление", "Resolution"),
    ("temporary-resolution", 10, BYLAWS, "Уақытша қаулы", "Временное постановление", "Temporary resolution"),
    ("order", 10, BYLAWS, "Бұйрық", "Приказ", "Order"),
    ("decision", 10, BYLAWS, "Шешім", "Решение", "Decision"),
    ("directive", 10, BYLAWS, "Өкім", "Распоряжение", "Directive"),
    ("regulation", 10, BYLAWS, "Ереже", "Положение", "Regulation"),
    ("rules", 10, BYLAWS, "Қағидалар", "Правила", "Rules"),
    ("reglament", 10, BYLAWS, "Регламент", "Регламент", "Standing orders"),
    ("instruction", 10, BYLAWS, "Нұсқаулық", "Инструкция", "Instruction"),
    ("standard", 10, BYLAWS, "Стандарт", "Стандарт", "Standard"),
    ("agreement", 10, BYLAWS, "Келісім", "Соглашение", "Agreement"),
)  # fmt: skip
AREAS = (
    ("it", "Ақпараттық технологиялар", "Информационные технологии", "Information technology"),
    ("migration", "Иммиграция, миграция, азаматтық", "Иммиграция, миграция, гражданство", "Migration and citizenship"),
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
    ("business", "Бизнесті тіркеу және дамыту", "Регистрация и развитие бизнеса", "Registration and growth of business"),
    ("industry", "Өнеркәсіп", "Промышленность", "Industry"),
    ("culture", "Мәдениет, дін, БАҚ", "Культура, религия, СМИ", "Culture, religion, media"),
    ("economy", "Экономикалық қызмет", "Экономическая деятельность", "Economic activity"),
    ("public-administration", "Мемлекеттік басқару", "Государственное управление", "Public administration"),
    ("organisation", "Ұйымдастыру мәселелері", "Организационные вопросы", "Organisational matters"),
    ("other-matters", "Өзге мәселелер", "Иные вопросы", "Further matters"),
    ("other", "Басқа", "Другие", "Other"),
)


def upgrade() -> None:
    types = sa.table(
        "act_type", *(sa.column(name) for name in ("code", "discussion_days", "rule", "name_kk", "name_ru", "name_en")),
        sa.column("answer_days"), sa.column("position"),
    )  # fmt: skip
    names = ("code", "discussion_days", "rule", "name_kk", "name_ru", "name_en")
    op.bulk_insert(
        types,
        [{**dict(zip(names, row)), "answer_days": 10, "position": place} for place, row in enumerate(TYPES)],
    )
    areas = sa.table("policy_area", *(sa.column(name) for name in ("code", "name_kk", "name_ru", "name_en", "position")))
    op.bulk_insert(
        areas,
        [
            {**dict(zip(("code", "name_kk", "name_ru", "name_en"), row)), "position": place}
            for place, row in enumerate(AREAS)
        ],
    )


def downgrade() -> None:
    op.execute("DELETE FROM act_type")
    op.execute("DELETE FROM policy_area")
