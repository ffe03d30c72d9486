import time
import pytest
from manfaat.apps.organisations.tests.people import a_government, an_agency
from manfaat.apps.scoring.actions import compute_run
from manfaat.apps.scoring.tests.facts import *
from manfaat import engine


@pytest.mark.django_db
def test_toba():
    rows = study_rows("budget_realisation_toba_2022_monthly.csv")
    gov = a_government("12.12")
    ags = {u: an_agency(gov, u) for u in {r["unit_id"] for r in rows}}
    load_toba(gov, ags, rows)
    t = time.time()
    run = compute_run(gov, year=2022, month=11, by=None)
    print("time", time.time() - t, run.figures.count())
    for f in run.figures.filter(agency=None).order_by("pk"):
        print(f.key, f.value, f.status, f.record["sentence"][:150])
    f = run.figures.get(key="absorption/pd/51/10")
    print(engine.explain(f.record).as_text())
    f = run.figures.get(key="realised/pd/51/10")
    print(engine.explain(f.record).as_text())
    b = engine.bundle.build({}, [f.record for f in run.figures.order_by("pk")])
    print(engine.bundle.verify(b)[:5])
    t = time.time()
    assert compute_run(gov, year=2022, month=11, by=None) == run
    print(time.time() - t)
