"""Computing and freezing a period, through HTTP."""

from typing import Any

import pytest
from django.urls import reverse

from manfaat.apps.accounts.models import User
from manfaat.apps.organisations.models import Government
from manfaat.apps.organisations.tests import people
from manfaat.apps.organisations.tests.people import a_government, signed_in
from manfaat.apps.scoring.models import Publication, Run
from manfaat.apps.scoring.tests.facts import spend
from manfaat.apps.scoring.tests.test_screens import a_government_with_figures, page_of, text_of

pytestmark = pytest.mark.django_db


def freeze(government: Government, person: User, **more: Any) -> Any:
    run = Run.objects.get(government=government, is_current=True)
    data = {"run": run.public_id, "reason": "", "seen": "on", **more}
    return signed_in(person).post(reverse("freeze", args=[government.code, 2024, 12]), data)


def test_the_leader_publishes_after_looking() -> None:
    government, _agency = a_government_with_figures()
    leader = people.leader(government)
    text = text_of(page_of(signed_in(leader), "publish", government.code))
    assert "Terbitkan versi 1" in text
    assert "Periode ini belum pernah terbit." in text
    assert freeze(government, leader).status_code == 302
    text = text_of(page_of(signed_in(leader), "publish", government.code))
    assert "Versi 1" in text
    assert "Terbitan pertama" in text


def test_a_double_click_publishes_once() -> None:
    government, _agency = a_government_with_figures()
    leader = people.leader(government)
    assert [freeze(government, leader).status_code for _ in range(2)] == [302, 302]
    assert Publication.objects.count() == 1


def test_the_box_must_be_ticked() -> None:
    government, _agency = a_government_with_figures()
    response = freeze(government, people.leader(government), seen="")
    assert response.status_code == 422
    assert "Periksa angkanya dulu" in response.content.decode()
    assert not Publication.objects.exists()


def test_a_form_opened_before_a_new_computation_is_refused() -> None:
    government, agency = a_government_with_figures()
    old = Run.objects.get(government=government).public_id
    spend(government, agency, realised={12: 950})
    planner = people.planner(government)
    signed_in(planner).post(reverse("compute", args=[government.code]), {"year": 2024, "month": 12})
    response = freeze(government, people.leader(government), run=old)
    assert response.status_code == 422
    assert "Angka dihitung ulang sejak halaman ini dibuka" in response.content.decode()


def test_stale_figures_are_not_published() -> None:
    government, agency = a_government_with_figures()
    leader = people.leader(government)
    spend(government, agency, realised={12: 950})
    assert "tidak dapat diterbitkan sebelum dihitung ulang" in text_of(
        page_of(signed_in(leader), "publish", government.code)
    )
    assert freeze(government, leader).status_code == 409


def test_a_planner_computes_but_does_not_publish() -> None:
    government, agency = a_government_with_figures()
    planner = people.planner(government)
    html = page_of(signed_in(planner), "publish", government.code)
    assert "Hitung ulang" in html
    assert reverse("freeze", args=[government.code, 2024, 12]) not in html
    assert freeze(government, planner).status_code == 403
    spend(government, agency, realised={12: 950})
    response = signed_in(planner).post(reverse("compute", args=[government.code]), {"year": 2024, "month": 12})
    assert response.status_code == 302
    assert "95,00%" in text_of(page_of(signed_in(planner), "government", government.code))


def test_a_leader_reads_who_may_compute_and_may_not_himself() -> None:
    government, agency = a_government_with_figures()
    leader = people.leader(government)
    spend(government, agency, realised={12: 950})
    html = page_of(signed_in(leader), "publish", government.code)
    assert "Minta perencana atau Biro/Bagian Organisasi menghitungnya" in html
    response = signed_in(leader).post(reverse("compute", args=[government.code]), {"year": 2024, "month": 12})
    assert response.status_code == 403


def test_a_wrong_month_is_answered_beside_the_field() -> None:
    government, _agency = a_government_with_figures()
    client = signed_in(people.planner(government))
    response = client.post(reverse("compute", args=[government.code]), {"year": 2024, "month": 13})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_without_figures_the_publish_page_leads_to_computing() -> None:
    government = a_government()
    response = signed_in(people.planner(government)).get(reverse("publish", args=[government.code]))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("compute", args=[government.code]))
    text = text_of(page_of(signed_in(people.leader(government)), "publish", government.code))
    assert "Hitung angkanya. Yang dapat: perencana atau Biro/Bagian Organisasi." in text


def test_a_stranger_can_neither_compute_nor_freeze() -> None:
    government, _agency = a_government_with_figures()
    stranger = people.stranger()
    assert freeze(government, stranger).status_code == 404
    response = signed_in(stranger).post(reverse("compute", args=[government.code]), {"year": 2024, "month": 12})
    assert response.status_code == 404
    assert Run.objects.count() == 1


def test_a_correction_keeps_the_first_version_and_shows_its_reason() -> None:
    government, agency = a_government_with_figures()
    leader, planner = people.leader(government), people.planner(government)
    freeze(government, leader)
    spend(government, agency, realised={12: 950})
    signed_in(planner).post(reverse("compute", args=[government.code]), {"year": 2024, "month": 12})
    assert freeze(government, leader).status_code == 409
    assert freeze(government, leader, reason="Realisasi Desember dibetulkan").status_code == 302
    text = text_of(page_of(signed_in(leader), "publish", government.code))
    assert "Versi 2" in text
    assert "Realisasi Desember dibetulkan" in text


@pytest.mark.parametrize(
    ("name", "who"), [("publish", people.verifier), ("compute", people.leader), ("freeze", people.planner)]
)
def test_a_missing_right_is_said_before_anything_else(name: str, who: Any) -> None:
    government = a_government()  # nothing computed: whoever lacks the right must not learn that from the answer
    client = signed_in(who(government))
    arguments = [government.code, 2024, 12] if name == "freeze" else [government.code]
    answer = client.post if name == "freeze" else client.get
    assert answer(reverse(name, args=arguments)).status_code == 403
