"""Pages of an import: list, new, columns, preview, result; templates and exports."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from manfaat.apps.accounts.requests import PersonRequest
from manfaat.apps.core.errors import NotFound, Refused
from manfaat.apps.imports.actions import queue_batch, run_now, set_mapping, undo_batch, upload_file
from manfaat.apps.imports.exporting import export_table, template_table
from manfaat.apps.imports.forms import ExportForm, MappingForm, UploadForm, VersionForm
from manfaat.apps.imports.models import ImportBatch
from manfaat.apps.imports.preview import state_mark, total_lines
from manfaat.apps.imports.queries import batch_for, batches_for, other_uses
from manfaat.apps.imports.reading import description_of
from manfaat.apps.imports.writing import CONTENT_TYPES, written
from manfaat.apps.organisations.queries import government_for
from manfaat.readers.templates import TemplateKind

State = ImportBatch.State
RUNNING = {State.CHECKING, State.QUEUED, State.APPLYING}
FINAL = {State.APPLIED, State.UNDONE}
PAGE_SIZE = 50
EXPORTS: dict[str, TemplateKind] = {"anggaran": "budget", "indikator": "indicators"}
TEMPLATES: dict[str, TemplateKind] = {**EXPORTS, "survei": "survey"}


@login_required
def imports(request: PersonRequest, code: str) -> HttpResponse:
    """The imports of a government, newest first."""
    government = government_for(request.user, code)
    page = Paginator(batches_for(request.user, government), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(batch, state_mark(batch)) for batch in page]
    return render(request, "imports/imports.html", {"government": government, "page": page, "rows": rows})


@login_required
def import_new(request: PersonRequest, code: str) -> HttpResponse:
    """Step 1: choose the file."""
    government = government_for(request.user, code)
    batches_for(request.user, government)
    form = UploadForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        try:
            batch, is_new = upload_file(government, form.upload(), by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            if not is_new:
                _say_same(request, batch)
            page = "import_mapping" if batch.state == State.UPLOADED else "import_preview"
            return redirect(page, government.code, batch.public_id)
    status = 422 if form.errors else 200
    return render(request, "imports/import_new.html", {"government": government, "form": form}, status=status)


def _say_same(request: PersonRequest, batch: ImportBatch) -> None:
    said = _("Berkas yang sama sudah diunggah oleh %(who)s (%(state)s). Ini impor itu; tidak ada yang digandakan.")
    messages.info(request, said % {"who": batch.created_by, "state": batch.get_state_display()})


@login_required
def import_mapping(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Step 2: correct the guessed columns."""
    government = government_for(request.user, code)
    batch = batch_for(request.user, government, public_id)
    asked = request.POST or request.GET
    description = description_of(batch, sheet_name=asked.get("lembar", ""), layout_name=asked.get("susunan", ""))
    form = MappingForm(request.POST or None, batch=batch, description=description)
    if request.method == "POST" and form.is_valid():
        try:
            set_mapping(
                batch,
                description,
                columns=form.columns(),
                options=form.options(),
                version=form.cleaned_data["version"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            run_now(batch)
            return redirect("import_preview", government.code, batch.public_id)
    context = {"government": government, "batch": batch, "form": form, "description": description}
    return render(request, "imports/import_mapping.html", context, status=422 if form.errors else 200)


@login_required
def import_preview(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Step 3: what would be written and what is wrong."""
    government = government_for(request.user, code)
    batch = batch_for(request.user, government, public_id)
    if batch.state in FINAL:
        return _go(request, "import_result", batch)
    if batch.state == State.UPLOADED:
        return _go(request, "import_mapping", batch)
    if batch.state in RUNNING:
        return _progress(request, batch)
    if request.htmx:
        return _go(request, "import_preview", batch)
    context = {
        "government": government,
        "batch": batch,
        "totals": total_lines(batch),
        "others": other_uses(batch),
        "page": Paginator(batch.problems, PAGE_SIZE).get_page(request.GET.get("page")),
    }
    return render(request, "imports/import_preview.html", context)


@login_required
@require_POST
def import_apply(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Step 4: apply all or nothing."""
    government = government_for(request.user, code)
    batch = batch_for(request.user, government, public_id)
    queued = queue_batch(batch, version=_version(request), by=request.user)
    run_now(queued)
    return redirect("import_result", government.code, batch.public_id)


@login_required
def import_result(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """What was written, and the button that takes it back."""
    government = government_for(request.user, code)
    batch = batch_for(request.user, government, public_id)
    if batch.state in RUNNING:
        return _progress(request, batch)
    if batch.state not in FINAL:
        return _go(request, "import_preview", batch)
    if request.htmx:
        return _go(request, "import_result", batch)
    context = {"government": government, "batch": batch, "totals": total_lines(batch)}
    return render(request, "imports/import_result.html", context)


@login_required
@require_POST
def import_undo(request: PersonRequest, code: str, public_id: UUID) -> HttpResponse:
    """Take an applied file back."""
    government = government_for(request.user, code)
    batch = batch_for(request.user, government, public_id)
    undo_batch(batch, version=_version(request), by=request.user)
    messages.success(request, _("Impor dibatalkan. Angka sebelumnya berlaku lagi."))
    return redirect("import_result", government.code, batch.public_id)


@login_required
def import_template(request: PersonRequest, code: str, kind: str, form: str) -> HttpResponse:
    """The empty template of a kind."""
    government = government_for(request.user, code)
    batches_for(request.user, government)
    table = template_table(_kind(kind, TEMPLATES))
    return _file(written(table, form), f"templat-{kind}.{form}", form)


@login_required
def import_export(request: PersonRequest, code: str, kind: str, form: str) -> HttpResponse:
    """The current records in the layout of the import."""
    government = government_for(request.user, code)
    batches_for(request.user, government)
    asked = ExportForm(request.GET)
    if not asked.is_valid():
        raise Refused(_("Pilih tahun, dan untuk anggaran juga bulannya, lalu unduh lagi."))
    year, month = asked.cleaned_data["tahun"], asked.cleaned_data["bulan"]
    table = export_table(government, _kind(kind, EXPORTS), year=year, month=month)
    return _file(written(table, form), f"{kind}-{government.code}-{year}.{form}", form)


def _kind(kind: str, known: dict[str, TemplateKind]) -> TemplateKind:
    if kind not in known:
        raise NotFound(_("Tidak ada. Pilih: %(known)s.") % {"known": ", ".join(known)})
    return known[kind]


def _version(request: PersonRequest) -> int:
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Halaman ini tidak lengkap. Muat ulang, lalu ulangi."))
    return int(form.cleaned_data["version"])


def _progress(request: PersonRequest, batch: ImportBatch) -> HttpResponse:
    name = "imports/_progress.html" if request.htmx else "imports/import_progress.html"
    return render(request, name, {"government": batch.government, "batch": batch})


def _go(request: PersonRequest, page: str, batch: ImportBatch) -> HttpResponse:
    """Send the browser on; a polling fragment takes the whole page along."""
    answer = redirect(page, batch.government.code, batch.public_id)
    return HttpResponseClientRedirect(answer.url) if request.htmx else answer


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers=headers)
