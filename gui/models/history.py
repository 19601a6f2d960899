"""Steps of the history as cards, under the days on which they were done."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from core.domain.changes import HistoryStep, StepState
from gui.models.cards import Card


def step_cards(steps: Sequence[HistoryStep], today: date) -> list[Card]:
    """Return a card per step, newest first: first what can be done again, then day by day."""
    undone = [step for step in steps if step.state == StepState.UNDONE]
    cards = [_heading(_tr("Undone, can be done again"))] if undone else []
    cards += [_card(step) for step in undone]
    day: date | None = None
    for step in steps:
        if step.state == StepState.UNDONE:
            continue
        if (here := step.at.astimezone().date()) != day:
            day = here
            cards.append(_heading(_day_words(day, today)))
        cards.append(_card(step))
    return cards


def _heading(words: str) -> Card:
    return Card(body=words, is_heading=True)


def _card(step: HistoryStep) -> Card:
    head = f"{_time(step.at)} · {step.analyst}"
    foot = {
        StepState.UNDONE: _tr("undone"),
        StepState.DROPPED: _tr("undone, and overtaken by later work"),
    }.get(step.state, "")
    return Card(
        body=step.name,
        head=head,
        foot=foot,
        target=str(step.id),
        is_muted=step.state != StepState.DONE,
    )


def _time(moment: datetime) -> str:
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def date_words(day: date) -> str:
    """Return a date with its month as a word."""
    return f"{day.day} {QLocale().standaloneMonthName(day.month)} {day.year}"


def _day_words(day: date, today: date) -> str:
    words = date_words(day)
    days = (today - day).days
    if days == 0:
        return _tr("Today, {day}").format(day=words)
    return _tr("Yesterday, {day}").format(day=words) if days == 1 else words


def _tr(text: str) -> str:
    return QCoreApplication.translate("History", text)
