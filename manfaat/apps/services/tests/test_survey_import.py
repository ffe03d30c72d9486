"""Survey answers on their way in: persons left out, months replaced or added, taken back whole."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from manfaat.apps.core.models import AuditEvent, SourceFile
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.tests.files import mapped, press_apply, press_undo, upload
from manfaat.apps.organisations.actions import close_period
from manfaat.apps.organisations.models import Government, Period
from manfaat.apps.organisations.tests import people
from manfaat.apps.services.models import Response, ServiceUnit, Tally
from manfaat.apps.services.tests import answers
from manfaat.apps.services.tests.answers import brought, row, sent
from manfaat.readers.survey_words import AGE_BANDS, EDUCATIONS, SEXES, read_job

pytestmark = pytest.mark.django_db
CODE = "35.15"


@pytest.fixture
def government() -> Government:
    return people.a_government(CODE)


@pytest.fixture
def planner(government: Government) -> Client:
    return people.signed_in(people.planner(government))


def counts() -> tuple[int, int]:
    """Answers that count, and answers that are only kept."""
    current = Response.objects.filter(is_current=True).count()
    return current, Response.objects.count() - current


def test_a_file_becomes_units_answers_and_tallies(planner: Client, government: Government) -> None:
    batch = brought(planner, CODE, row(), row((3, 4, 4, "", 4, 4, 4, 4, 4)), row(unit="Loket B", month="April 2026"))
    assert batch.summary["written"] == {"units": 2, "responses": 3, "superseded": 0}
    second = Response.objects.get(row=3)
    assert (second.u1, second.u4, second.answered, second.total) == (3, None, 8, 31)
    assert (second.sex, second.age, second.education, second.job) == ("P", "30-39", "SLTA", "wiraswasta")
    tally = Tally.objects.get(unit__name="Loket A")
    assert (tally.year, tally.month, tally.responses, tally.complete) == (2026, 3, 2, 1)
    assert (tally.counts[0], tally.counts[3], tally.complete_total) == ([0, 0, 1, 1], [0, 0, 0, 1], 36)
    assert AuditEvent.objects.filter(government=government, verb="record_responses").count() == 1


def test_persons_are_left_out_before_the_file_is_kept(planner: Client) -> None:
    header = ("NIK", "Nama Responden", "No Telepon", *answers.HEADER, "Kritik dan Saran")
    secrets = ["3320010101900001", "Siti Aminah", "081234567890"]
    content = answers.book([*secrets, *row(), "tolong Bu Siti diberi tahu"], header=header)
    batch = sent(planner, CODE, content)
    kept = b"".join(path.read_bytes() for path in Path(settings.FILES, "imports").iterdir())
    page = planner.get(f"/pemda/{CODE}/impor/{batch.public_id}/kolom/").content.decode()
    batch = mapped(planner, batch)
    preview = planner.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    for secret in (*secrets, "Bu Siti"):
        assert secret.encode() not in kept
        assert secret not in page + preview + str(batch.mapping)
    assert "Tidak disimpan karena memuat data pribadi atau teks bebas" in preview
    for title in ("NIK", "Nama Responden", "No Telepon", "Kritik dan Saran"):
        assert title in SourceFile.objects.get().note
    assert press_apply(planner, batch).status_code == 302
    assert Response.objects.get().row == 2


def test_the_same_file_is_noticed_though_another_was_kept(planner: Client) -> None:
    content = answers.book(row())
    batch = sent(planner, CODE, content)
    again = upload(planner, CODE, content, name="lagi.xlsx", kind="survey", year=2026, month="")
    assert str(batch.public_id) in again.url
    assert ImportBatch.objects.count() == 1


def test_answers_of_the_same_month_are_replaced_and_come_back_when_undone(planner: Client) -> None:
    brought(planner, CODE, row(), row(), row(month="2026-04"))
    second = brought(planner, CODE, row((2,) * 9))
    assert second.summary["repeated"] == 2
    assert counts() == (2, 2)
    assert Tally.objects.get(month=3).counts[0] == [0, 1, 0, 0]
    press_undo(planner, second)
    assert counts() == (3, 0)
    assert Tally.objects.get(month=3).counts[0] == [0, 0, 0, 2]


def test_answers_of_the_same_month_are_added_when_that_is_chosen(planner: Client) -> None:
    brought(planner, CODE, row())
    batch = sent(planner, CODE, answers.book(row((2,) * 9)))
    batch = mapped(planner, batch, replaces="")
    preview = planner.get(f"/pemda/{CODE}/impor/{batch.public_id}/").content.decode()
    assert "jawaban berkas ini ditambahkan" in preview
    press_apply(planner, batch)
    assert counts() == (2, 0)
    assert Tally.objects.get().counts[0] == [0, 1, 0, 1]


def test_a_file_that_was_replaced_is_not_undone_before_the_newer_one(planner: Client) -> None:
    first = brought(planner, CODE, row())
    second = brought(planner, CODE, row((2,) * 9))
    assert press_undo(planner, first).status_code == 409
    press_undo(planner, second)
    first.refresh_from_db()
    assert press_undo(planner, first).status_code == 302
    assert not Response.objects.exists()
    assert not Tally.objects.exists()
    assert not ServiceUnit.objects.exists()


def test_one_wrong_answer_keeps_the_whole_file_out(planner: Client) -> None:
    batch = mapped(planner, sent(planner, CODE, answers.book(row(), row((5, *(4,) * 8)))))
    assert (batch.state, batch.summary["errors"], batch.summary["fit"]) == ("checked", 1, 1)
    assert press_apply(planner, batch).status_code == 409
    assert not Response.objects.exists()


def test_units_are_known_however_they_are_written_and_near_names_are_pointed_out(planner: Client) -> None:
    brought(planner, CODE, row(unit="Loket Pelayanan KTP"))
    batch = brought(planner, CODE, row(unit="LOKET PELAYANAN  KTP", month="2026-04"), row(unit="Loket Pelayanan KTPP"))
    assert set(ServiceUnit.objects.values_list("name", flat=True)) == {"Loket Pelayanan KTP", "Loket Pelayanan KTPP"}
    assert [problem["code"] for problem in batch.problems] == ["like_another_unit"]


def test_a_file_of_one_unit_without_months_takes_what_was_chosen(planner: Client) -> None:
    header = answers.HEADER[2:]
    content = answers.book(row()[2:], header=header)
    batch = mapped(planner, sent(planner, CODE, content, month=9), unit="UPT Contoh")
    assert not batch.summary["errors"]
    press_apply(planner, batch)
    told = Response.objects.get()
    assert (told.unit.name, told.year, told.month) == ("UPT Contoh", 2026, 9)


def test_a_closed_month_takes_no_answers(planner: Client, government: Government) -> None:
    people.a_year(government, 2026)
    period = Period.objects.get(government=government, year=2026, kind="month", number=3)
    close_period(period, by=people.organiser(government))
    batch = mapped(planner, sent(planner, CODE, answers.book(row())))
    assert [problem["code"] for problem in batch.problems] == ["period_closed"]


def test_the_template_reads_back_as_it_stands(planner: Client) -> None:
    for form in ("xlsx", "csv"):
        content = planner.get(f"/pemda/{CODE}/impor/templat/survei.{form}").content
        batch = mapped(planner, sent(planner, CODE, content, name=f"templat.{form}"))
        assert (batch.summary["rows"], batch.summary["errors"]) == (1, 0), form
    assert planner.get(f"/pemda/{CODE}/impor/ekspor/survei.csv?tahun=2026").status_code == 404


def test_the_codes_of_the_reader_are_the_choices_of_the_record() -> None:
    assert set(SEXES.values()) == set(Response.Sex.values)
    assert set(EDUCATIONS.values()) == set(Response.Education.values)
    assert [name for _below, name in AGE_BANDS] == Response.Age.values
    jobs = {read_job(word) for word in ("PNS", "karyawan", "pedagang", "pelajar", "nelayan", "dukun")}
    assert jobs == set(Response.Job.values)


def test_the_page_of_new_imports_opens_at_surveys_when_asked(planner: Client) -> None:
    page = planner.get(f"/pemda/{CODE}/impor/baru/?kind=survey").content.decode()
    assert re.search(r'value="survey"[^>]*checked', page)
