"""The door to workbooks that were read but not yet applied, and where their bytes lie."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from manfaat.apps.accounts.access import Right
from manfaat.apps.accounts.models import User
from manfaat.apps.accounts.queries import check_may
from manfaat.apps.core.errors import NotFound
from manfaat.apps.core.models import SourceFile
from manfaat.apps.evaluations.lke_reading import WEIGHTS
from manfaat.apps.evaluations.models import Assessor, StagedFile
from manfaat.apps.evaluations.queries.sheets import RIGHT_OF, may_fill
from manfaat.apps.organisations.models import Government
from manfaat.readers.columns import Mapping, guess_mapping
from manfaat.readers.containers import EXTENSIONS
from manfaat.readers.workbook import Workbook, open_workbook


def staged_for(user: User, government: Government, public_id: UUID) -> StagedFile:
    """One staged workbook, for whoever may apply it."""
    files = StagedFile.objects.filter(government=government, public_id=public_id)
    related = ("government", "source_file", "created_by", "assessment__sheet__agency", "assessment__sheet__government")
    staged = files.select_related(*related).first()
    if staged is None:
        check_may(user, Right.VIEW, government_id=government.pk)
        raise NotFound(_("Berkas ini tidak ada di pemerintah daerah ini."))
    check_may_stage(user, staged)
    return staged


def check_may_stage(user: User, staged: StagedFile) -> None:
    """Raise unless `user` may write what the workbook holds."""
    if staged.assessment is None:
        check_may(user, Right.EVALUATE, government_id=staged.government_id)
        return
    sheet, assessor = staged.assessment.sheet, staged.assessment.assessor
    if not may_fill(user, sheet, assessor):
        right = RIGHT_OF[Assessor(assessor)]
        check_may(user, right, government_id=sheet.government_id, agency_id=sheet.agency_id)


def path_of(source_file: SourceFile) -> Path:
    """Where the bytes lie: outside the web root, under a random name, with a known ending."""
    suffix = Path(source_file.name).suffix.lower()
    return Path(settings.FILES) / "lke" / f"{source_file.public_id.hex}{suffix if suffix in EXTENSIONS else ''}"


def workbook_of(source_file: SourceFile) -> Workbook:
    """The workbook. Raises: Unreadable."""
    return open_workbook(path_of(source_file), source_file.name)


def mapping_of(staged: StagedFile, sheet_name: str = "") -> Mapping:
    """The columns kept for the workbook, or those guessed for another of its sheets. Raises: Unreadable."""
    kept = Mapping.from_dict(staged.mapping["reader"], WEIGHTS)
    if sheet_name in ("", kept.sheet):
        return kept
    return guess_mapping(workbook_of(staged.source_file).sheet(sheet_name), WEIGHTS)
