"""
The last day for circulating papers, for every meeting day of 2018 to 2028, printed as CSV.

An independent check of the working-days module: it shares no code or table with it, and takes the bank holidays from
law and proclamation, not from the GOV.UK feed. Needs the standard library alone. Run:

    python3 deadlines.py > deadlines-2018-2028.csv

Columns: the meeting day, then the deadline in each division. All are calendar dates, YYYY-MM-DD, in local time.

Source: Banking and Financial Dealings Act 1971, section 1 and Schedule 1 (Scotland as amended by the St Andrew's Day
Bank Holiday (Scotland) Act 2007); the yearly proclamations under section 1; common law for Good Friday and Christmas
Day in England and Wales and in Northern Ireland. Days not proclaimed yet follow the custom of earlier years.
"""

from datetime import date, timedelta

FIRST, LAST = date(2018, 1, 1), date(2028, 12, 31)
CLEAR_DAYS = 5  # whole working days between circulation and meeting, neither end counted
ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND = DIVISIONS = ('england_and_wales', 'scotland', 'northern_ireland')
DAY = timedelta(days=1)
SATURDAY = 5  # as date.weekday() counts, from Monday, 0

# Proclaimed for one year only: the days appointed, the days they replace, and where.
ONE_OFFS = [
    ([date(2020, 5, 8)], [date(2020, 5, 4)], DIVISIONS),  # 75 years of VE Day; early May moved
    ([date(2022, 6, 2), date(2022, 6, 3)], [date(2022, 5, 30)], DIVISIONS),  # Platinum Jubilee; spring moved, one added
    ([date(2022, 9, 19)], [], DIVISIONS),  # funeral of Elizabeth II
    ([date(2023, 5, 8)], [], DIVISIONS),  # coronation of Charles III
    # Men's football World Cup, Scotland alone: proclaimed on 3 February 2026 under section 1(3). Some copies of
    # GOV.UK's feed lack the day; without it the meetings of 16 to 23 June 2026 have later deadlines in Scotland.
    ([date(2026, 6, 15)], [], [SCOTLAND]),
]


def easter(year):
    """Easter Sunday, Gregorian. Source: the anonymous computus in Meeus, Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def monday_from(year, month, day):
    """The first Monday on or after a date: from the 1st, a month's first; from the 25th, the last of May or August."""
    start = date(year, month, day)
    return start + (-start.weekday() % 7) * DAY


def fixed_days(year, division):
    """Holidays that keep a date of the year, as dates, before any is moved off a weekend."""
    days = [(1, 1), (12, 25), (12, 26)]
    if division == SCOTLAND:
        days += [(1, 2), (11, 30)]  # 2 January, St Andrew's Day
    if division == NORTHERN_IRELAND:
        days += [(3, 17), (7, 12)]  # St Patrick's Day, the Battle of the Boyne
    return sorted(date(year, month, day) for month, day in days)


def monday_and_easter_days(year, division):
    """Holidays that are tied to a weekday or to Easter, as dates."""
    days = [easter(year) - 2 * DAY, monday_from(year, 5, 1), monday_from(year, 5, 25)]
    if division == SCOTLAND:
        return days + [monday_from(year, 8, 1)]  # no Easter Monday
    return days + [easter(year) + DAY, monday_from(year, 8, 25)]


def bank_holidays(year, division):
    """
    The set of dates on which the division has a bank holiday in the year.

    A holiday on a Saturday or Sunday goes to the next weekday that is not a holiday already: 1 January 2023, a Sunday,
    goes in Scotland to the 3rd, for the 2nd is a holiday of its own.
    """
    fixed = fixed_days(year, division)
    holidays = set(monday_and_easter_days(year, division)) | {day for day in fixed if day.weekday() < SATURDAY}
    for day in fixed:
        if day.weekday() >= SATURDAY:
            while day.weekday() >= SATURDAY or day in holidays:
                day += DAY
            holidays.add(day)
    for appointed, replaced, where in ONE_OFFS:
        if division in where and appointed[0].year == year:
            holidays = (holidays - set(replaced)) | set(appointed)
    return holidays


def deadline(meeting, holidays):
    """
    The latest working day with at least CLEAR_DAYS working days after it and before the meeting.

    The meeting may be on any day. Wednesday 18 July 2018 in England and Wales gives Tuesday 10 July.
    """
    def is_working(day):
        return day.weekday() < SATURDAY and day not in holidays

    day, clear = meeting - DAY, 0
    while clear < CLEAR_DAYS or not is_working(day):
        clear += is_working(day)
        day -= DAY
    return day


def main():
    """Prints the CSV: a header, then one row for each meeting day from FIRST to LAST."""
    years = range(FIRST.year - 1, LAST.year + 1)  # a meeting in early January looks back into December
    holidays = [{day for year in years for day in bank_holidays(year, division)} for division in DIVISIONS]
    print('meeting', *DIVISIONS, sep=',')
    for meeting in (FIRST + n * DAY for n in range((LAST - FIRST).days + 1)):
        print(meeting, *(deadline(meeting, closed) for closed in holidays), sep=',')


if __name__ == '__main__':
    main()
