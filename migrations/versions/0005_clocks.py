"""Opinions, extensions and the rules each clock runs by.

The report on a discussion gets a day of its own: five working days after the answers are due, counted by the calendar
of Kazakhstan with the transferred days that are entered. Windows announced before keep their days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import holidays
import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REPORT_DAYS = 5
REPORT_RULE = "Public Services, art. 15; Access to Information, art. 16"
COUNCILS = "arts. 19, 20"
CHANNELS = (
    ("chamber", False, COUNCILS, "«Атамекен» ұлттық кәсіпкерлер палатасы", "Национальная палата предпринимателей «Атамекен»",
     "“Atameken” National Chamber of Entrepreneurs"),
    ("councils", True, COUNCILS, "Қоғамдық және сараптама кеңестері", "Общественные и экспертные советы",
     "Public and expert councils"),
    ("anti-corruption", False, "", "Сыбайлас жемқорлыққа қарсы сараптама", "Антикоррупционная экспертиза",
     "Anti-corruption expertise"),
    ("scientific-legal", False, "", "Ғылыми құқықтық сараптама", "Научная правовая экспертиза",
     "Scientific legal expertise"),
    ("scientific-economic", False, "", "Ғылыми экономикалық сараптама", "Научная экономическая экспертиза",
     "Scientific economic expertise"),
    ("legislation-institute", False, "", "Заңнама және құқықтық ақпарат институты мен ведомствоаралық комиссия",
     "Институт законодательства и правовой информации и межведомственная комиссия",
     "Legislation institute and interdepartmental commission"),
    ("ngo", False, COUNCILS, "Аккредиттелген коммерциялық емес ұйымдар", "Аккредитованные некоммерческие организации",
     "Accredited non-profit organisations"),
)  # fmt: skip
OFFICIAL_TIME = timezone(timedelta(hours=5))


def upgrade() -> None:
    """Rules and days for every clock."""
    for column in (
        sa.Column("answer_rule", sa.String(200), nullable=False, server_default=""),
        sa.Column("report_days", sa.Integer(), nullable=False, server_default="5"),
        sa.Column("report_rule", sa.String(200), nullable=False, server_default=REPORT_RULE),
    ):
        op.add_column("act_type", column)
    op.execute("UPDATE act_type SET answer_rule = CASE WHEN rule = 'art. 19' THEN 'art. 19(4)' ELSE 'art. 20(3)' END")
    for column in (
        sa.Column("least_days", sa.Integer()),
        sa.Column("rule", sa.String(200), nullable=False, server_default=""),
        sa.Column("ground", sa.String(20), nullable=False, server_default=""),
        sa.Column("report_due_on", sa.Date()),
        sa.Column("report_due_at", sa.DateTime(timezone=True)),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("ground_reason", sa.JSON(), nullable=False, server_default="{}"),
    ):
        op.add_column("consultation", column)
    _fill()
    _create_opinions()
    _create_moves()


def _create_opinions() -> None:
    channel = op.create_table(
        "opinion_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("silence_agrees", sa.Boolean(), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_kk", sa.String(400), nullable=False),
        sa.Column("name_ru", sa.String(400), nullable=False),
        sa.Column("name_en", sa.String(400), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_channel")),
        sa.UniqueConstraint("code", name=op.f("uq_opinion_channel_code")),
    )
    names = ("code", "silence_agrees", "rule", "name_kk", "name_ru", "name_en")
    rows = [{**dict(zip(names, row)), "days": 10, "position": place} for place, row in enumerate(CHANNELS)]
    op.bulk_insert(channel, rows)
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("addressee", sa.String(300), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(200), nullable=False),
        sa.Column("silence_agrees", sa.Boolean(), nullable=False),
        sa.Column("requested_by", sa.Integer()),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date()),
        sa.Column("conclusion", sa.String(30)),
        sa.Column("recorded_at", sa.DateTime(timezone=True)),
        sa.Column("attachment_id", sa.Integer()),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _reference("opinion", "draft_id", "draft"),
        _reference("opinion", "channel_id", "opinion_channel"),
        _reference("opinion", "requested_by", "user"),
        _reference("opinion", "attachment_id", "attachment", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    for name in ("draft_id", "channel_id", "due_at", "attachment_id"):
        op.create_index(f"ix_opinion_{name}", "opinion", [name])


def _create_moves() -> None:
    op.create_table(
        "clock_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("source", sa.String(140), nullable=False),
        sa.Column("opinion_id", sa.Integer()),
        sa.Column("moved_by", sa.Integer()),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.JSON(), nullable=False),
        _reference("clock_move", "draft_id", "draft"),
        _reference("clock_move", "opinion_id", "opinion", ondelete="CASCADE"),
        _reference("clock_move", "moved_by", "user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock_move")),
    )
    for name in ("draft_id", "opinion_id"):
        op.create_index(f"ix_clock_move_{name}", "clock_move", [name])


def _reference(table: str, column: str, target: str, **more: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"), **more)


def _fill() -> None:
    """The day of each report, the rule of each window that still runs, and since when all comments are answered."""
    connection = op.get_bind()
    day_table = sa.table("transferred_day", sa.column("on", sa.Date), sa.column("is_working", sa.Boolean))
    transfers = {on: is_working for on, is_working in connection.execute(sa.select(day_table.c.on, day_table.c.is_working))}
    window = sa.table(
        "consultation", sa.column("id"), sa.column("draft_id"), sa.column("opens_on", sa.Date), sa.column("closes_on", sa.Date),
        sa.column("answers_due_on", sa.Date), sa.column("report_due_on", sa.Date), sa.column("least_days"), sa.column("rule"),
        sa.column("report_due_at", sa.DateTime(timezone=True)), sa.column("closed_at"),
    )  # fmt: skip
    for (due_on,) in connection.execute(sa.select(window.c.answers_due_on).distinct()).all():
        report_on = _after(due_on, REPORT_DAYS, transfers)
        midnight = datetime.combine(report_on + timedelta(days=1), time.min, OFFICIAL_TIME).astimezone(UTC)
        values = {"report_due_on": report_on, "report_due_at": midnight}
        connection.execute(sa.update(window).where(window.c.answers_due_on == due_on).values(values))
    draft = sa.table("draft", sa.column("id"), sa.column("type_id"))
    act_type = sa.table("act_type", sa.column("id"), sa.column("discussion_days"), sa.column("rule"))
    running = connection.execute(
        sa.select(window.c.id, window.c.opens_on, window.c.closes_on, act_type.c.discussion_days, act_type.c.rule)
        .join_from(window, draft, draft.c.id == window.c.draft_id)
        .join(act_type, act_type.c.id == draft.c.type_id)
        .where(window.c.closed_at.is_(None))
    ).all()
    for number, opens_on, closes_on, days, rule in running:
        if closes_on >= _after(opens_on, days, transfers):  # a shorter one was set by another portal
            connection.execute(sa.update(window).where(window.c.id == number).values(least_days=days, rule=rule))
    op.execute(
        "UPDATE consultation SET answered_at = CASE"
        " WHEN (SELECT max(posted_at) FROM reply WHERE reply.draft_id = consultation.draft_id) > closes_at"
        " THEN (SELECT max(posted_at) FROM reply WHERE reply.draft_id = consultation.draft_id) ELSE closes_at END"
        " WHERE closed_at IS NOT NULL AND EXISTS (SELECT 1 FROM tally"
        " WHERE tally.draft_id = consultation.draft_id AND tally.answered >= tally.comments)"
    )


def _after(day: date, days: int, transfers: dict[date, bool]) -> date:
    """The last of so many working days after a day."""
    calendar = holidays.country_holidays("KZ")
    while days:
        day += timedelta(days=1)
        is_working = day not in calendar and (day.weekday() < 5 or day in calendar.weekend_workdays)
        days -= transfers.get(day, is_working)
    return day


def downgrade() -> None:
    """Forget opinions, moves and the rules of clocks."""
    for table in ("clock_move", "opinion", "opinion_channel"):
        op.drop_table(table)
    with op.batch_alter_table("consultation") as consultation:
        for name in ("ground_reason", "answered_at", "report_due_at", "report_due_on", "ground", "rule", "least_days"):
            consultation.drop_column(name)
    with op.batch_alter_table("act_type") as act_type:
        for name in ("report_rule", "report_days", "answer_rule"):
            act_type.drop_column(name)
