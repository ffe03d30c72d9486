"""The screens that show computed figures: scorecards, money, benefit, comparison, and why."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from manfaat.apps.accounts.queries import rights_anywhere
from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.organisations.queries import agency_for, government_for
from manfaat.apps.scoring import queries
from manfaat.apps.scoring.presentation import choose_period, whole_number
from manfaat.apps.scoring.presentation_compare import choose_comparison, comparison_page
from manfaat.apps.scoring.presentation_pages import agency_page, benefit_page, figure_page, government_page, money_page
from manfaat.apps.scoring.queries.comparison_links import compared_years_for, value_pages_for
from manfaat.apps.scoring.queries.measured import measured_count_for

DECEMBER, INDICATORS_A_PART = 12, 15


@login_required
def government(request: PersonRequest, code: str) -> HttpResponse:
    """The scorecard of a government for a year up to a month."""
    government = government_for(request.user, code)
    period = choose_period(queries.available_periods(government), request.GET)
    if period is None:
        return render(request, "scoring/nothing_computed.html", {"government": government})
    number = whole_number(request.GET.get("halaman", "")) or 1
    card = queries.scorecard_for(
        request.user,
        government,
        year=period.year,
        month=period.month,
        page=number,
        order=request.GET.get("urut", "need"),
        most=INDICATORS_A_PART,
    )
    count = measured_count_for(request.user, government, year=period.year, month=period.month)
    return render(request, "scoring/government.html", government_page(government, period, card, count))


@login_required
def agency(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """The scorecard of one agency."""
    government = government_for(request.user, code)
    agency = agency_for(request.user, government, public_id)
    period = choose_period(queries.available_periods(government), request.GET)
    if period is None:
        return render(request, "scoring/nothing_computed.html", {"government": government})
    card = queries.agency_scorecard_for(request.user, government, agency, year=period.year, month=period.month)
    return render(request, "scoring/agency.html", agency_page(government, period, card))


@login_required
def money(request: PersonRequest, code: str) -> HttpResponse:
    """Plan and realisation by month, routine against programme, the chain from mission to programme."""
    government = government_for(request.user, code)
    period = choose_period(queries.available_periods(government), request.GET)
    if period is None:
        return render(request, "scoring/nothing_computed.html", {"government": government})
    card = queries.scorecard_for(
        request.user, government, year=period.year, month=period.month, order="ceiling", chain=True
    )
    return render(request, "scoring/money.html", money_page(government, period, card))


@login_required
def benefit(request: PersonRequest, code: str) -> HttpResponse:
    """Benefit against absorption: the picture and its lists."""
    government = government_for(request.user, code)
    period = choose_period(queries.available_periods(government), request.GET)
    if period is None:
        return render(request, "scoring/nothing_computed.html", {"government": government})
    run = queries.latest_run_for(request.user, government, period.year, period.month)
    whole = request.GET.get("daftar", "")
    picture = queries.benefit_against_absorption_for(request.user, government, run, whole=whole)
    return render(request, "scoring/benefit.html", benefit_page(government, period, picture))


@login_required
def compare(request: PersonRequest, code: str) -> HttpResponse:
    """The kabupaten/kota of a province side by side for one indicator and year, with how sure that is."""
    province = government_for(request.user, code)
    choices = queries.comparable_indicators_for(request.user, province)
    asked = choose_comparison(choices, request.GET)
    years = compared_years_for(request.user, province, asked.indicator) if asked else []
    if asked is None or not years:
        return render(request, "scoring/nothing_to_compare.html", {"government": province})
    year = asked.year if asked.year in years else years[0]
    comparison = queries.comparison_for(request.user, province, year=year, indicator=asked.indicator)
    absorbed = queries.absorption_of_each_for(request.user, province, year=year, month=DECEMBER)
    pages = value_pages_for(request.user, province, year=year, indicator=asked.indicator)
    return render(
        request, "scoring/compare.html", comparison_page(province, comparison, choices, years, absorbed, pages)
    )


@login_required
def why(request: PersonRequest, public_id: UUID) -> HttpResponse:
    """Why a figure is what it is: the engine's record of it, printed."""
    detail = queries.figure_for(request.user, public_id)
    government = government_for(request.user, detail.government_code)
    rights = rights_anywhere(request.user, government_id=government.pk)  # this address names no government for the menu
    page = figure_page(government, detail) | {"rights": {right.name for right in rights}}
    return render(request, "scoring/why.html", page)
